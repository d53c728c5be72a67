"""Which track of an edit is meant by a name, and which one looks like a temp."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from hitpoint.core.errors import OptionError
from hitpoint.core.media.sound_clip import SoundClip, SoundTrack

_TEMP_NAME = re.compile(r"\b(music|temp|tmp|score|mx|mus|soundtrack)\b", re.IGNORECASE)
_NO_TEMP = "which is no temp music: name its file, X_mix.wav, to take it for some"
_NUMBERED = re.compile(r"(?:a|audio)?\s*(\d{1,3})", re.IGNORECASE)


@dataclass(frozen=True)
class Source:
    """Something to listen to: its name, its clips, and from when to when they lie (seconds of the timeline)."""

    name: str
    clips: tuple[SoundClip, ...]

    @property
    def start(self) -> Fraction:
        """Where its first clip begins."""
        return min(clip.start for clip in self.clips)

    @property
    def end(self) -> Fraction:
        """Where its last clip ends."""
        return max(clip.end for clip in self.clips)


def find_track(tracks: Sequence[SoundTrack], name: str) -> Source:
    """The track called ``name``, numbered so (A3, 3), or with clips called so.

    Raises:
        OptionError: if there is none, or it holds no sound that is on this machine.
    """
    wanted = name.strip().casefold()
    numbered = _NUMBERED.fullmatch(wanted)
    for track in tracks:
        if track.name.casefold() == wanted or (numbered is not None and track.number == int(numbered[1])):
            return _sounding(track)
    clips = tuple(clip for track in tracks for called, clip in track.named_clips if called.casefold() == wanted)
    if clips:
        return Source(name.strip(), clips)
    raise OptionError(f"the edit has no audio track or clip called {name!r}: there is {_listed(tracks)}")


def temp_in(tracks: Sequence[SoundTrack]) -> Source | None:
    """The first track with sound whose name, or whose every clip's name, says music; None if there is none."""
    for track in tracks:
        if track.clips and _TEMP_NAME.search(track.name.replace("_", " ")):
            return Source(track.label, track.clips)
    for track in tracks:
        names = [called.replace("_", " ") for called, _ in track.named_clips]
        if names and all(_TEMP_NAME.search(called) for called in names):
            return Source(track.label, track.clips)
    return None


def only_track(tracks: Sequence[SoundTrack]) -> Source:
    """What to listen to when no track was named: the temp, or the only track with sound.

    Raises:
        OptionError: if there is a choice or nothing.
    """
    temp = temp_in(tracks)
    if temp is not None:
        return temp
    sounding = [track for track in tracks if track.clips]
    if not sounding:
        raise OptionError(_silence(tracks))
    if len(sounding) > 1:
        raise OptionError(f"which track is the music? Name one with --track: there is {_listed(tracks)}")
    return Source(sounding[0].label, sounding[0].clips)


def _sounding(track: SoundTrack) -> Source:
    if track.clips:
        return Source(track.label, track.clips)
    if track.places:
        raise OptionError(f"the sound of track {track.label} is not on this machine: give its folder with --media DIR")
    if track.has_ours:
        raise OptionError(f"track {track.label} is Hitpoint's own music, {_NO_TEMP}")
    raise OptionError(f"track {track.label} is empty: name another one")


def _silence(tracks: Sequence[SoundTrack]) -> str:
    """Why no track of an edit can be listened to."""
    if any(track.places for track in tracks):
        return "the edit has no audio track whose sound is on this machine: give its folder with --media DIR"
    if any(track.has_ours for track in tracks):
        return f"the edit's only sound is Hitpoint's own music, {_NO_TEMP}"
    return "the edit has no sound to listen to: give one with an audio track, or a sound file"


def _listed(tracks: Sequence[SoundTrack]) -> str:
    return ", ".join(track.label for track in tracks) or "none"
