"""Whether music does what words asked of it: cues with and without a prompt, compared in the notes that were written.

    python resources/words/measure_obedience.py EDIT EDIT EDIT

Each of twenty prompts is composed on each edit with the same seed as a cue without one, which is played by the ensemble
that the prompt chooses, so that only what was asked differs. What was in minor already, or as slow as was asked, need
not move ("moved" counts those that did). Tempo is the mean in quarter notes a minute; mode the share of
minor chords; density the notes a second; loudness the mean velocity as decibels, and the level that the mix is brought
to.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np

from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.core.arrange.arranger import arrange, with_playing
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.changes import style_changed
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.sound import Sound
from hitpoint.core.edit import Edit
from hitpoint.core.words.controls import plays_instrument
from hitpoint.core.words.prompts import with_prompts
from hitpoint.plugin.jobs.composer import Composer
from hitpoint.plugin.jobs.engine import Engine
from hitpoint.plugin.jobs.looking import Observer

# a prompt, and what is to move: up +, down -, an instrument that plays, or with ! one that does not
PROMPTS = {
    "sad, slow piano": "tempo- mode- density- piano",
    "happy, fast, major": "tempo+ mode+ density+",
    "exciting, energetic, drums": "density+ loudness+ drums",
    "calm, peaceful, quiet": "density- loudness-",
    "dark, tense strings": "mode- strings",
    "epic trailer, brass": "density+ loudness+ brass",
    "sparse, lonely cello": "density- mode- cello",
    "lush romantic orchestra, strings": "strings mode+",
    "very fast, frantic": "tempo+ density+",
    "adagio, A minor": "tempo- mode-",
    "ambient, no drums, relaxing": "density- !drums",
    "hopeful, C major": "mode+",
    "eerie music box": "mode- music box",
    "solo piano, tender": "density- piano !drums",
    "angry, loud, taiko": "density+ loudness+ mode- taiko",
    "soft harp lullaby": "density- loudness- harp",
    "jazz with saxophone, happy": "mode+ saxophone",
    "without melody, fearful": "mode- !melody",
    "triumphant horns, C major": "mode+ density+ horn",
    "melancholic, 60 bpm, no bass": "tempo- mode- density- !bass",
}


def measures(cue: Cue) -> dict[str, float]:
    """What was written, in numbers."""
    score = arrange(cue)
    notes = [note for part in score.parts for note in part.notes]
    seconds = float(cue.seconds)
    velocity = float(np.mean([note.velocity for note in notes])) if notes else 1.0
    return {
        "tempo": 60.0 * float(cue.tempo.beat_at(cue.seconds)) / seconds,
        "mode": -float(np.mean([step.chord.is_minor_type for step in cue.steps])),
        "density": len(notes) / seconds,
        "loudness": 40 * float(np.log10(velocity / 127)) + cue.sound.loudness,
    }


def plays(cue: Cue, instrument: str) -> bool:
    """Whether an instrument has notes in a cue."""
    return any(
        part.notes and plays_instrument(part.role, part.program, part.channel, instrument)
        for part in arrange(cue).parts
    )


def composed(composer: Composer, edit: Edit, prompt: str = "") -> Cue:
    """A cue of an edit, with a prompt or without."""
    wishes, sound, _ = with_prompts(edit, Wishes(seed=1, prompts=(prompt,) if prompt else ()), Sound())
    return composer.composed(edit, wishes, 1, sound).takes[0].cue


def is_there(cue: Cue, measure: str, sign: float) -> bool:
    """Whether a cue is where words wanted it, wherever it would have been without: its mode, or its tempo to 3 %."""
    if measure == "mode":
        return cue.key.is_minor is (sign < 0)
    if measure == "tempo" and cue.bpm is not None:
        return abs(measures(cue)["tempo"] / cue.bpm - 1) < 0.03
    return False


def checks(cue: Cue, plain: Cue, wanted: str) -> list[tuple[str, bool, bool]]:
    """Each thing that was to move, whether it did, and whether it did or is where it was wanted."""
    reference = with_playing(replace(style_changed(plain, cue.style), sound=Sound()))
    now, before = measures(cue), measures(reference)
    found = []
    words = wanted.replace("music box", "music_box").split()
    for word in words:
        if word[-1] in "+-":
            sign = 1.0 if word[-1] == "+" else -1.0
            moved = sign * (now[word[:-1]] - before[word[:-1]]) > 0
            found.append((word[:-1], moved, moved or is_there(cue, word[:-1], sign)))
        else:
            name = word.lstrip("!").replace("_", " ")
            holds = plays(cue, name) is (word[0] != "!")
            found.append(("without" if word[0] == "!" else "with", holds, holds))
    return found


def main(paths: list[Path]) -> None:
    """Compose, compare, print."""
    hits, moves, every, missed = Counter[str](), Counter[str](), Counter[str](), list[str]()
    for path in paths:
        edit = read_edit(path)
        composer = Composer(Observer(Engine()))
        plain = composed(composer, edit)
        for prompt, wanted in PROMPTS.items():
            for kind, moved, holds in checks(composed(composer, edit, prompt), plain, wanted):
                every[kind] += 1
                moves[kind] += moved
                hits[kind] += holds
                if not holds:
                    missed.append(f"{path.name}: {prompt}: {kind}")
            print(f"{path.name}: {prompt}: {hits.total()} of {every.total()}", file=sys.stderr, flush=True)
        print("\n".join(missed), file=sys.stderr, flush=True)
    for kind in sorted(every):
        print(f"{kind:<10} {hits[kind]:>3} of {every[kind]:<3} {hits[kind] / every[kind]:6.1%}, moved {moves[kind]}")
    print(
        f"{'all':<10} {hits.total():>3} of {every.total():<3} {hits.total() / every.total():6.1%}, moved "
        f"{moves.total()}"
    )
    print("\n".join(missed))


if __name__ == "__main__":
    main([Path(word) for word in sys.argv[1:]])
