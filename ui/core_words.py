"""What the core says, in the language of the window: errors, warnings, and what is being worked at.

The core speaks English and knows no Qt. Its sentences are known here by their pattern, ``{0}`` and so on standing for
what differs from time to time, which may be a sentence itself. One that is not known stays English. That every pattern
is one of the core's is tested.
"""

from __future__ import annotations

import re
from functools import lru_cache

from PyQt6.QtCore import QCoreApplication

CONTEXT = "Core"
PATTERNS = (
    # changes of a cue
    "the cue is in {0}: to hear it in {1} it has to be composed again; score the edit with --key",
    "music gives way by 0 to {0} dB, not {1}",
    "frame {0} lies outside the music: put the hit between its start and its end",
    "there is no hit point at frame {0}",
    "a mood from {0} to {1} s is empty or outside the music, which goes from {2} to {3} s",
    "{0} is locked from {1} and would last from {2}: unlock it first",
    "a loudness lies between {0} and {1} LUFS, not {2}",
    "the music goes from frame {0} to {1}: it has nothing for {2} to {3}",
    "{0} is no tempo: write {1} to {2} quarter notes a minute, or auto",
    "{0} is no key: write for example 'A minor', 'Eb major' or 'auto'",
    "{0} is no chord symbol; {1}",
    "{0}: there is no chord quality {1}; {2}",
    "write for example C, Am7, D/F#, Am9, F#:sus4, ii7 or N",
    "{0}: behind the stroke stands the note in the bass, as in D/F#",
    "{0}: behind the stroke stands a degree alone, as in V7/V",
    "the border of {0} is locked: unlock both sections that it lies between",
    "{0} can begin with bar {1} to {2}, not with bar {3}",
    "{0} is no theme: write A, A', B ...",
    "this cue has no plan: compose it again to have one",
    "a note of {0} beats at pitch {1} cannot be played",
    "no note of the tune begins at beat {0}",
    "every part of {0} is switched off, so nothing would be heard: leave one on",
    # the list of cues
    "two cues are called {0}: give each its own name",
    "cue {0} goes from frame {1} to {2}: split it inside",
    "{0} and {1} cannot be joined: {2} lies between them",
    "{0} cannot name a cue: take up to {1} characters",
    "there is a cue {0} already: give another name",
    "{0} has no music for its range yet: compose it, then approve it",
    "cue {0} is to be crossfaded, but no cue begins within {1} s of its end: move one border, or say join=ring",
    "cue {0}: {1}",
    # words, times, moments
    "--prompt {0}: write what the music is to be, in up to {1} characters",
    "--prompt '{0}…' is too long, {1} characters: write {2} at most, or several --prompt",
    "{0} is no timecode at {1} frames a second",
    'nothing to look for: write words, such as "a door opens"',
    'CLIP is not installed: pip install "hitpoint[clip]"',
    # edits and media
    "nothing found at {0}: check the path to the edit",
    "{0} is no edit that can be read: give {1} or a movie",
    "{0} is empty: its timeline shows no clip; put one on it and export again",
    "{0} is empty: export the timeline again",
    "{0} cannot be read as {1} ({2}): export it again, or in another format",
    "{0} tells no frame rate (0 frames a second, or no clip): export it again",
    "{0} is longer than {1} hours: export a shorter part",
    "{0} is damaged at {1} ({2}): save the project again",
    "{0} cannot be decoded ({1}): export or copy it again",
    "{0} cannot be read as a movie ({1}): export or copy it again",
    "{0} cannot be read as sound ({1}): export or copy it again",
    "{0} holds no picture: link the clip to a movie or a still",
    "{0} is not there: relink the clip, or name the folder its media is in",
    "no frame of {0} could be decoded: export or copy it again",
    "{0} (its shots are scored from the cut alone)",
    "media not found: {0}; these shots are scored from the cut alone ({1})",
    "File > Find Media… asks for their folder",
    "its earlier music cannot be taken up: {0}",
    "the edit has gone, its music has not: {0}",
    "none of the shots under the music is in {0}: score it anew",
    "the cut is not the one this music was written for; it was carried over:",
    "nothing changed under the music",
    # files
    "{0} cannot be read: {1}; score the edit again",
    "the cue was written by a newer Hitpoint: update this one",
    "cannot write {0}: {1} takes no files: write somewhere else",
    "cannot write {0}: there is no folder {1}: make it, or write somewhere else",
    "cannot write {0}: a file has that name: write somewhere else",
    "{0} cannot be written ({1}); choose another folder",
    "{0} cannot be written ({1}); make room or move on",
    "the sound cannot be written to {0} ({1}); make room there",
    "there is no sound font {0}; give the path of an .sf2 or .sf3 file",
    "sound font {0} cannot be read ({1})",
    "there is not enough memory for this: close other programs, or score a shorter range",
    "{0}: check the disk and the rights to that folder, then try again",
    "something went wrong inside Hitpoint ({0}; nothing is lost",
    # what is being worked at
    "Looking at {0}",
    "composing chords",
    "drawing the demo films",
    "drawing the sound",
    "finding media",
    "finding the beats",
    "listening",
    "listening to the edit",
    "loading the models",
    "looking at the picture",
    "looking for media",
    "looking for what was played before",
    "mastering",
    "measuring hits",
    "measuring the mix",
    "measuring the sound",
    "playing",
    "playing {0}",
    "reading the notes",
    "writing",
)
_PLACE = re.compile(r"\\\{(\d)\\\}")
_LEAST_SENTENCE = 8  # characters of what stands in a place and may be a sentence itself


def spoken(text: str) -> str:
    """A sentence of the core's in the language of the window; as it is where that is English or does not know it."""
    if QCoreApplication.translate(CONTEXT, PATTERNS[0]) == PATTERNS[0]:
        return text
    for pattern, known in _known():
        found = known.fullmatch(text)
        if found is not None:
            parts = (spoken(one) if len(one) >= _LEAST_SENTENCE else one for one in found.groups())
            return QCoreApplication.translate(CONTEXT, pattern).format(*parts)
    return text


@lru_cache(maxsize=1)
def _known() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The patterns with what finds them, those with most words of their own first."""
    ordered = sorted(PATTERNS, key=lambda one: -len(re.sub(r"\{\d\}", "", one)))
    return tuple((one, re.compile(_PLACE.sub("(.+?)", re.escape(one)), re.DOTALL)) for one in ordered)
