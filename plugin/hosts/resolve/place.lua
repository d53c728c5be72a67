-- Hitpoint @VERSION@: written by "hitpoint score", removed by "hitpoint install resolve --uninstall".
-- For free DaVinci Resolve 21.1 and later: puts one WAV on a new stereo track; a marker tells what went wrong.
local WAV, STEM = @WAV@, @STEM@
local FIRST, FRAMES, RATE = @FIRST@, @FRAMES@, @RATE@
local OURS, NAME = "hitpoint", "Hitpoint music"
local project = resolve:GetProjectManager():GetCurrentProject()
local timeline = project and project:GetCurrentTimeline()
local function say(text)
  print("Hitpoint: " .. text)
  for frame = 0, 48 do
    if timeline and timeline:AddMarker(frame, "Red", "Hitpoint", text, 1, OURS) then return end
  end
end
if not timeline then return say("open a timeline first") end
timeline:DeleteMarkerByCustomData(OURS)
local stem = (project:GetName() .. "_" .. timeline:GetName()):gsub("[^%w%-_ \128-\255]", "_")
if stem ~= STEM then return say("This music was written for " .. STEM .. ": open that timeline") end
local pool = project:GetMediaPool()
local item = (pool:ImportMedia({WAV}) or {})[1]
for _, clip in pairs(item and {} or pool:GetCurrentFolder():GetClipList()) do -- it may be there already
  if clip:GetClipProperty("File Path") == WAV then item = clip end
end
if not item then return say(WAV .. " could not be imported: add its folder to Media Storage, or drag the file in") end
local speed = (tonumber(item:GetClipProperty("FPS")) or RATE) / RATE -- the clip counts in frames of its own
if not timeline:AddTrack("audio", "stereo") then return say("No stereo track could be added") end
local track = timeline:GetTrackCount("audio")
local at = timeline:GetStartFrame() + FIRST
pool:AppendToTimeline({{mediaPoolItem = item, startFrame = 0, endFrame = math.floor(FRAMES * speed + 0.5),
  mediaType = 2, trackIndex = track, recordFrame = at}})
local placed = (timeline:GetItemListInTrack("audio", track) or {})[1] -- what the call answers cannot be relied on
if not placed or placed:GetStart() ~= at or math.abs(placed:GetDuration() - FRAMES) > 1 then
  timeline:DeleteTrack("audio", track)
  return say("The music could not be placed: drag " .. WAV .. " to frame " .. FIRST .. " of a new stereo track")
end
for index = 1, track - 1 do -- an earlier version keeps its track, silent
  local name = timeline:GetTrackName("audio", index) or ""
  if name:find(NAME, 1, true) == 1 then timeline:SetTrackEnable("audio", index, false) end
end
timeline:SetTrackName("audio", track, NAME)
