-- Hitpoint @VERSION@: written by "hitpoint score", removed by "hitpoint install resolve --uninstall".
-- For free DaVinci Resolve 21.1 and later: puts WAVs on new stereo tracks; a marker tells what went wrong.
local STEM, RATE, LANES, OURS, NAME = @STEM@, @RATE@, @LANES@, "hitpoint", "Hitpoint music"
local CLIPS = { -- what overlaps has another lane
@CLIPS@
}
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
local pool, first = project:GetMediaPool(), timeline:GetTrackCount("audio") + 1
local function fail(text)
  for track = timeline:GetTrackCount("audio"), first, -1 do timeline:DeleteTrack("audio", track) end
  return say(text)
end
for _, clip in ipairs(CLIPS) do
  clip.item = (pool:ImportMedia({clip.wav}) or {})[1]
  for _, known in pairs(clip.item and {} or pool:GetCurrentFolder():GetClipList()) do -- it may be there already
    if known:GetClipProperty("File Path") == clip.wav then clip.item = known end
  end
  local advice = " could not be imported: add its folder to Media Storage, or drag it in"
  if not clip.item then return say(clip.wav .. advice) end
end
for _ = 1, LANES do
  if not timeline:AddTrack("audio", "stereo") then return fail("No stereo track could be added") end
end
for _, clip in ipairs(CLIPS) do
  local speed = (tonumber(clip.item:GetClipProperty("FPS")) or RATE) / RATE -- a clip counts in frames of its own
  local at, track, lies = timeline:GetStartFrame() + clip.first, first + clip.lane - 1, false
  pool:AppendToTimeline({{mediaPoolItem = clip.item, startFrame = 0, endFrame = math.floor(clip.frames * speed + 0.5),
    mediaType = 2, trackIndex = track, recordFrame = at}})
  for _, placed in pairs(timeline:GetItemListInTrack("audio", track) or {}) do -- the answer cannot be relied on
    lies = lies or (placed:GetStart() == at and math.abs(placed:GetDuration() - clip.frames) <= 1)
  end
  local where = clip.wav .. " to frame " .. clip.first
  if not lies then return fail("The music could not be placed: drag " .. where .. " of a new stereo track") end
end
for index = 1, first + LANES - 1 do -- an earlier version keeps its track, silent
  local name = timeline:GetTrackName("audio", index) or ""
  if index >= first then timeline:SetTrackName("audio", index, NAME)
  elseif name:find(NAME, 1, true) == 1 then timeline:SetTrackEnable("audio", index, false) end
end
