from dataclasses import replace

import pytest

from hitpoint.core.arrange.arranger import arrange, with_playing
from hitpoint.core.arrange.form.hit_points import measured_hits
from hitpoint.core.arrange.styles.styles import style_named
from hitpoint.core.cue.sound import Speech
from tests.core.arrange.conftest import styles_one_in

CHORDS = "C G A:min F C G F C C G A:min F C G F C"


@pytest.fixture(scope="module", params=styles_one_in(3))
def pair(make_cue, request):
    """A busy cue and its score, in silence and with speech from 4 to 9 seconds."""
    silent = make_cue(CHORDS, density=14.0, cuts=[110, 230, 301], style=request.param)
    spoken = replace(silent, speech=(Speech(4.0, 9.0),))
    return (silent, arrange(silent)), (spoken, arrange(spoken))


def lead_notes(cue, score, start, end):
    notes = [(float(cue.start + score.tempo.seconds_at(note.start)), note) for note in score.parts[0].notes]
    return [note for time, note in notes if start <= time < end]


def test_the_lead_thins_out_under_speech(pair):
    before, after = (lead_notes(*one, 4.1, 8.9) for one in pair)
    assert len(after) < 0.8 * len(before)
    assert max((note.velocity for note in after), default=0) <= max(note.velocity for note in before)


def test_nothing_changes_but_the_lead_and_the_top_line(pair):
    (silent, before), (spoken, after) = pair
    players = style_named(silent.style).players
    remembered = arrange(replace(with_playing(silent), speech=spoken.speech))  # pads make way for the tune as it was
    for player, one, other in zip(players[1:], before.parts[1:], remembered.parts[1:], strict=True):
        assert player.has_motif or one == other
    for stretch in ((0.0, 3.9), (9.1, 16.0)):
        assert lead_notes(spoken, after, *stretch) == lead_notes(silent, before, *stretch)


def test_the_top_line_keeps_still_under_speech(pair):
    (silent, _), (spoken, score) = pair
    line = next(index for index, player in enumerate(style_named(silent.style).players) if player.has_motif)
    hits = {float(time) for time in spoken.wanted_times}
    starts = {float(score.tempo.seconds_at(note.start)) for note in score.parts[line].notes}
    assert not {start for start in starts if 4.1 <= start < 8.9} - hits


def test_hits_are_met_as_well_as_without_speech(pair):
    before, after = (measured_hits(cue, score) for cue, score in pair)
    assert [hit.error_seconds for hit in after if hit.wanted] == [hit.error_seconds for hit in before if hit.wanted]
