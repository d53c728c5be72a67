-- Hitpoint @VERSION@: written by "hitpoint install resolve", removed by "hitpoint install resolve --uninstall".
-- For free DaVinci Resolve 21.1 and later, where scripts can neither start programs nor print: a marker tells the rest.
local WORK = @WORK@
local PLACE = @PLACE@
local OURS = "hitpoint"

local project = resolve:GetProjectManager():GetCurrentProject()
local timeline = project and project:GetCurrentTimeline()

local function say(text)
  print("Hitpoint: " .. text)
  for frame = 0, 48 do
    if timeline and timeline:AddMarker(frame, "Sand", "Hitpoint", text, 1, OURS) then return end
  end
end

if not timeline then return say("open a timeline first") end
timeline:DeleteMarkerByCustomData(OURS) -- before the export, where it would count as a marker of the edit
local stem = (project:GetName() .. "_" .. timeline:GetName()):gsub("[^%w%-_ \128-\255]", "_")
local path = WORK .. stem .. ".otio"
if timeline:Export(path, resolve.EXPORT_OTIO, resolve.EXPORT_NONE) then
  say('Now run in a terminal: hitpoint score "' .. path .. '" and then Workspace > Scripts > ' .. PLACE)
else
  say("The timeline could not be exported to " .. path .. ": is that folder there, and may it be written to?")
end
