from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from hitpoint.core.arrange.arranger import arrange, step_voicings
from hitpoint.core.arrange.form.form import form_of
from hitpoint.core.arrange.styles.styles import style_named
from hitpoint.core.cue.cue import Cue


def test_nothing_of_a_hand_falls_below_its_bass_where_that_is_raised(make_cue: Callable[..., Cue]) -> None:
    cue = make_cue("A A D D E E A A F#:min F#:min B:min B:min E E A A " * 2, key="A major", density=11.0)
    voicings = step_voicings(cue, form_of(cue), style_named("piano"))
    piano = next(part for part in arrange(cue).parts if part.name == "Piano")
    raised = [step for step, voicing in enumerate(voicings) if voicing and voicing.bass < 36]
    assert raised
    for step, group in groupby(piano.notes, key=lambda note: int(note.start / 2)):
        voicing = voicings[step]
        lowest = min(note.pitch for note in group)
        if step in raised and 0 < step < len(voicings) - 2 and voicing:
            assert lowest >= voicing.bass + 12 or lowest == voicing.bass  # the bass itself, where a moment is met
