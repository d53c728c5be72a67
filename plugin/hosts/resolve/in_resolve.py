"""The part that runs inside DaVinci Resolve: Python 3.6 or later, its standard library, and nothing else.

The menu scripts that ``hitpoint install resolve`` writes read this file and call :func:`run`. It exports the timeline,
starts Hitpoint's own interpreter in a process and an environment of its own, and puts a finished WAV on a new track.
Nothing here imports Hitpoint or OpenTimelineIO, which does not live well in Resolve's Python. Of Resolve only calls of
its documentation (20.3) are used, and what they answer is not believed but looked at again.
"""

import json
import os
import re
import subprocess
import time
from contextlib import suppress
from fractions import Fraction
from typing import Any, Dict, List, Optional

TRACK_NAME = "Hitpoint music"
PANEL_SECONDS = 3.0  # a panel that has not ended by then has opened
SCORE_SECONDS = 180.0  # Resolve's script host waits for us no longer
QUESTION_SECONDS = 60.0
_OF_RESOLVE = re.compile(r"PYTHON|LD_LIBRARY_PATH|LD_PRELOAD|DYLD_|QT_PLUGIN_PATH|QT_QPA_PLATFORM_PLUGIN_PATH|QML")
_EARLIER = re.compile(r"\.cut(\d+)\.otio$")
_IS_WINDOWS = os.name == "nt"


class Trouble(Exception):
    """One readable line for the editor."""


def run(action: str, resolve: Any, python: str, work: str) -> str:
    """Do what a menu entry is for; answers what to tell the editor, trouble included, and shows it."""
    host = Host(resolve, python, work)
    try:
        told = {"panel": open_panel, "score": score_now, "place": place_music}[action](host)
        if action == "panel":
            return told  # its own window shows that it worked
    except Trouble as trouble:
        told = str(trouble)
    except OSError as error:
        told = "%s: %s" % (error.filename or work, error.strerror or error)
    with suppress(OSError):
        host.show(told)
    return told


def open_panel(host: "Host") -> str:
    """Export the timeline and open the panel on it; the panel stays when this script ends."""
    edit = host.exported()
    process = host.started(["panel", edit])
    if host.ended(process, PANEL_SECONDS) not in (None, 0):
        raise Trouble("the panel did not open: " + host.last_line())
    return "the panel opens with %s; when the music is written, choose 'Hitpoint - place music'" % edit


def score_now(host: "Host") -> str:
    """Export the timeline, compose with the defaults, and place the music."""
    edit = host.exported()
    process = host.started(["score", edit, "--quiet"])
    code = host.ended(process, SCORE_SECONDS)
    if code is None:
        return "still composing for %s; choose 'Hitpoint - place music' in a while" % edit
    if code != 0:
        raise Trouble(host.last_line())
    return place_music(host)


def place_music(host: "Host") -> str:
    """Put the newest music for this timeline on a new stereo track, and earlier music of ours to silence.

    Cues that overlap lie on a track more, because Resolve drops a clip where another one lies.
    """
    lanes = []  # type: List[List[Dict[str, Any]]]
    for clip in [dict(one, item=host.imported(one["wav"])) for one in host.newest()]:
        free = [lane for lane in lanes if lane[-1]["first_frame"] + lane[-1]["frames"] <= clip["first_frame"]]
        if free:
            free[0].append(clip)
        else:
            lanes.append([clip])
    tracks = []  # type: List[int]
    for lane in lanes:
        tracks.append(host.new_track())
        if not host.appended(lane, tracks[-1]):
            for track in reversed(tracks):
                host.call(host.timeline, "DeleteTrack", "audio", track)
            wavs = ", ".join(clip["wav"] for clip in lane)
            raise Trouble("Resolve did not place the music: drag %s to the start of a new stereo track" % wavs)
    silenced = host.silence_earlier(tracks[0])
    for track in tracks:
        host.call(host.timeline, "SetTrackName", "audio", track, TRACK_NAME)
    names = ", ".join(os.path.basename(clip["wav"]) for lane in lanes for clip in lane)
    told = "%s lies on audio track %s" % (names, ", ".join(map(str, tracks)))
    return told + ("; the earlier version is muted" if silenced else "")


class Host:
    """Resolve as it is open now, our interpreter, and the folder that both may use."""

    def __init__(self, resolve: Any, python: str, work: str) -> None:
        self.resolve, self.python, self.work = resolve, python, work
        self.log = os.path.join(work, "hitpoint.log")
        self._timeline = None  # type: Any

    @property
    def project(self) -> Any:
        """The project that is open."""
        project = self.call(self.call(self.resolve, "GetProjectManager"), "GetCurrentProject")
        if project is None:
            raise Trouble("open a project first")
        return project

    @property
    def timeline(self) -> Any:
        """The timeline that was open when it was first asked for."""
        if self._timeline is None:
            self._timeline = self.call(self.project, "GetCurrentTimeline")
        if self._timeline is None:
            raise Trouble("open a timeline first")
        return self._timeline

    def call(self, thing: Any, method: str, *values: Any) -> Any:
        """The answer of a documented call; one that this Resolve lacks is trouble."""
        function = getattr(thing, method, None)
        if not callable(function):
            raise Trouble("this DaVinci Resolve has no %s: version 18.5 or later is needed" % method)
        return function(*values)

    def stem(self) -> str:
        """The name of files of this timeline."""
        name = "%s_%s" % (self.call(self.project, "GetName"), self.call(self.timeline, "GetName"))
        return "".join(letter if letter.isalnum() or letter in "-_ " else "_" for letter in name)[:100]

    def exported(self) -> str:
        """The timeline as an .otio of a name that no earlier export has."""
        kind, plain = (getattr(self.resolve, name, None) for name in ("EXPORT_OTIO", "EXPORT_NONE"))
        if kind is None:
            raise Trouble("this DaVinci Resolve exports no OpenTimelineIO: version 18.5 or later is needed")
        os.makedirs(self.work, exist_ok=True)
        start = self.stem() + ".cut"
        numbers = [_EARLIER.search(name) for name in os.listdir(self.work) if name.startswith(start)]
        number = max([int(found.group(1)) for found in numbers if found] or [0]) + 1
        path = os.path.join(self.work, "%s%d.otio" % (start, number))
        if not self.call(self.timeline, "Export", path, kind, plain) or not os.path.isfile(path):
            raise Trouble("Resolve could not export the timeline to %s: may it write there?" % path)
        return path

    def show(self, text: str) -> None:
        """A message in a window; what scripts print is seen only by those who have the console open."""
        if os.path.isfile(self.python) and not os.environ.get("HITPOINT_QUIET"):
            self.started([text], module="hitpoint.plugin.hosts.message")

    def started(
        self, words: List[str], module: str = "hitpoint.plugin", output: Optional[int] = None
    ) -> "subprocess.Popen[str]":
        """Hitpoint in a process and an environment of its own; what it says goes to the log, or to ``output``."""
        if not os.path.isfile(self.python):
            raise Trouble("Hitpoint is no longer at %s: run 'hitpoint install resolve' again" % self.python)
        own = {"creationflags": 0x08000000} if _IS_WINDOWS else {"start_new_session": True}  # type: Dict[str, Any]
        os.makedirs(self.work, exist_ok=True)
        with open(self.log, "a" if module.endswith("message") else "w") as log:
            return subprocess.Popen(
                [self.python, "-P", "-m", module, *words],
                stdin=subprocess.DEVNULL,
                stdout=log if output is None else output,
                stderr=log,
                universal_newlines=True,
                cwd=self.work,
                env={name: value for name, value in os.environ.items() if not _OF_RESOLVE.match(name)},
                **own,
            )

    def ended(self, process: "subprocess.Popen[str]", seconds: float) -> Optional[int]:
        """The exit code, waited for so long in short naps; None if it still runs."""
        end = time.monotonic() + seconds
        while process.poll() is None and time.monotonic() < end:
            time.sleep(0.1)
        return process.poll()

    def last_line(self) -> str:
        """The last line that Hitpoint said."""
        with open(self.log, errors="replace") as log:
            lines = [line.strip() for line in log if line.strip()]
        return lines[-1] if lines else "Hitpoint ended without a word; see %s" % self.log

    def newest(self) -> List[Dict[str, Any]]:
        """The newest music for this timeline, a clip for each cue, as ``hitpoint.plugin.hosts.placement`` finds it."""
        process = self.started([self.work, self.stem()], "hitpoint.plugin.hosts.placement", subprocess.PIPE)
        try:
            answer, _ = process.communicate(timeout=QUESTION_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            raise Trouble("no answer from %s within %d s" % (self.python, QUESTION_SECONDS)) from None
        if process.returncode != 0:
            raise Trouble(self.last_line())
        found = json.loads(answer)  # type: List[Dict[str, Any]]
        return found

    def imported(self, wav: str) -> Any:
        """The media pool's item of a file, imported if it is not there."""
        pool = self.call(self.project, "GetMediaPool")
        items = self.call(pool, "ImportMedia", [wav])
        if items and items[0] is not None:
            return items[0]
        for clip in self.call(self.call(pool, "GetCurrentFolder"), "GetClipList") or []:
            if self.call(clip, "GetClipProperty", "File Path") == wav:
                return clip
        raise Trouble("Resolve could not import %s: add its folder to Media Storage, or drag it in" % wav)

    def new_track(self) -> int:
        """The number of a new stereo track; without being told so Resolve makes mono ones."""
        if not self.call(self.timeline, "AddTrack", "audio", "stereo"):
            raise Trouble("Resolve could not add an audio track: is the timeline locked?")
        track = int(self.call(self.timeline, "GetTrackCount", "audio"))
        if self.call(self.timeline, "GetTrackSubType", "audio", track) != "stereo":
            self.call(self.timeline, "DeleteTrack", "audio", track)
            raise Trouble("Resolve made a track that is not stereo: add one by hand and drag the music in")
        return track

    def appended(self, lane: List[Dict[str, Any]], track: int) -> bool:
        """Whether all music of a track lies where it belongs, as the track itself tells: the call may answer [None]."""
        start = int(self.call(self.timeline, "GetStartFrame"))
        for clip in lane:
            self.call(self.call(self.project, "GetMediaPool"), "AppendToTimeline", [self.clip_of(clip, start, track)])
        items = self.call(self.timeline, "GetItemListInTrack", "audio", track) or []
        found = sorted((self.call(item, "GetStart"), self.call(item, "GetDuration")) for item in items)
        meant = sorted((start + clip["first_frame"], clip["frames"]) for clip in lane)
        if [at for at, _ in found] != [at for at, _ in meant]:
            return False
        return all(abs(found[place][1] - frames) <= 1 for place, (_, frames) in enumerate(meant))

    def clip_of(self, clip: Dict[str, Any], start: int, track: int) -> Dict[str, Any]:
        """A clip in Resolve's words.

        ``endFrame`` lies behind the last frame and both are counted in the clip's own frames, whose rate was frozen
        when it was imported; ``recordFrame`` is absolute, from the timeline's start timecode.
        """
        rate = float(Fraction(clip["rate"]))
        told = re.match(r"\d+(\.\d+)?", str(self.call(clip["item"], "GetClipProperty", "FPS") or ""))
        speed = float(told.group(0)) / rate if told and float(told.group(0)) > 0 else 1.0
        return {
            "mediaPoolItem": clip["item"],
            "startFrame": 0,
            "endFrame": int(clip["frames"] * speed + 0.5),
            "mediaType": 2,
            "trackIndex": track,
            "recordFrame": start + clip["first_frame"],
        }

    def silence_earlier(self, track: int) -> bool:
        """Mute tracks of ours below this one, so that two versions never sound at once."""
        earlier = [
            index
            for index in range(1, track)
            if str(self.call(self.timeline, "GetTrackName", "audio", index) or "").startswith(TRACK_NAME)
        ]
        for index in earlier:
            self.call(self.timeline, "SetTrackEnable", "audio", index, False)
        return bool(earlier)
