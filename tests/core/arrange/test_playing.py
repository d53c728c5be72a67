"""What players of every style do, whatever the cue."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import count, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hitpoint.core.arrange.arranger import arrange
from hitpoint.core.arrange.form.form import form_of
from hitpoint.core.arrange.form.hit_points import measured_hits
from hitpoint.core.arrange.form.sections import SectionKind
from hitpoint.core.arrange.playing.players import EXPRESSION
from hitpoint.core.arrange.styles.ensemble import Style
from hitpoint.core.arrange.styles.styles import STYLES, style_named, style_names
from hitpoint.core.arrange.textures.textures import KIT
from hitpoint.core.compose.form.dips import DIP
from hitpoint.core.cue.cue import Cue, altered
from hitpoint.core.cue.form.form_plan import Ending, PlannedSection, plain_plan
from hitpoint.core.cue.form.section_names import FINALE, RELEASE
from hitpoint.core.music.score import DRUM_CHANNEL, Part, Score

CueMaker = Callable[..., Cue]
_SYMBOLS = st.sampled_from(("C", "G:7", "A:min", "F:maj7", "D:min", "B:dim", "E", "N"))
_FEW = settings(max_examples=max(settings.default.max_examples // 4, 2))  # of each style
_TURNS = count()  # each test tries other styles, and all with -m slow


def _some_styles() -> pytest.MarkDecorator:
    first = next(_TURNS) % 4
    slow = pytest.mark.slow
    styles = [
        pytest.param(style, id=name, marks=() if place % 4 == first else slow)
        for place, (name, style) in enumerate(STYLES.items())
    ]
    return pytest.mark.parametrize("style", styles)


@st.composite
def cues(draw: st.DrawFn) -> dict[str, object]:
    chords = draw(st.lists(_SYMBOLS, min_size=1, max_size=48))
    cuts = sorted(draw(st.sets(st.integers(1, max(25 * len(chords) - 1, 1)), max_size=12)))
    return {
        "chords": chords,
        "cuts": [cut for cut in cuts if cut < 25 * len(chords)],
        "density": draw(st.lists(st.floats(0, 40), min_size=len(chords), max_size=len(chords))),
        "loudness": draw(st.floats(0, 1)),
        "seed": draw(st.integers(0, 2**32)),
    }


def in_every_style(test: Callable[..., None]) -> Callable[..., None]:
    return _some_styles()(_FEW(given(wish=cues())(test)))


def kits(score: Score) -> list[Part]:
    return [part for part in score.parts if part.channel == DRUM_CHANNEL]


@in_every_style
def test_no_player_needs_more_hands_than_there_are(make_cue: CueMaker, style: Style, wish: dict[str, object]) -> None:
    for player, part in zip(style.players, arrange(make_cue(**wish, style=style.name)).parts, strict=True):
        for note in part.notes:
            held = [other.pitch for other in part.notes if other.start <= note.start < other.end]
            assert len(held) <= player.voices
            assert max(held) - min(held) <= player.reach


@in_every_style
def test_kits_play_their_own_keys_and_nothing_after_the_last_chord(
    make_cue: CueMaker, style: Style, wish: dict[str, object]
) -> None:
    cue = make_cue(**wish, style=style.name)
    form = form_of(cue, stops=style.stops)
    for part in kits(arrange(cue)):
        assert all(note.pitch in KIT.values() for note in part.notes)
        last = {form.steps[form.final].chord_beat} if form.button is None else {form.button[0]}
        assert all(note.start <= form.steps[form.final].chord_beat or note.start in last for note in part.notes)


@in_every_style
def test_the_end_leaves_room(make_cue: CueMaker, style: Style, wish: dict[str, object]) -> None:
    cue = make_cue(**wish, style=style.name)
    ends = [note.end for part in arrange(cue).parts for note in part.notes]
    latest = cue.seconds if style.stops else cue.seconds - Fraction(1, 1000)
    assert all(cue.tempo.seconds_at(end) <= latest for end in ends)


@in_every_style
def test_silences_are_silent_and_end_on_a_hit(make_cue: CueMaker, style: Style, wish: dict[str, object]) -> None:
    cue = make_cue(**wish, style=style.name)
    hits = [float(cue.tempo.beat_at(time)) for time in cue.wanted_times]
    notes = [note for part in arrange(cue).parts for note in part.notes]
    for start, end in form_of(cue, stops=style.stops).silences:
        assert end in hits
        assert not any(note.start < end and note.end > start for note in notes)
        assert any(note.start == end for note in notes)


@in_every_style
def test_pedals_are_up_in_silences_and_at_the_end(make_cue: CueMaker, style: Style, wish: dict[str, object]) -> None:
    cue = make_cue(**wish, style=style.name)
    form = form_of(cue, stops=style.stops)
    for part in arrange(cue).parts:
        pedal = [(control.beat, control.value) for control in part.controls if control.number == 64]
        for beat in (*(start for start, _ in form.silences), form.release):
            assert [0, *(value for at, value in pedal if at <= beat)][-1] == 0


@_some_styles()
def test_the_music_swells_into_a_peak_at_steady_loudness(make_cue: CueMaker, style: Style) -> None:
    score = arrange(make_cue("C F G C " * 10, style=style.name, density=12.0))
    peak = next(mark.beat for mark in score.markers if mark.text == "Peak")
    rolling = {player.name for player in style.players if player.leads_in}  # which begins softly
    parts = [part for part in score.parts if part.name not in rolling]
    strokes = [(note.start, note.velocity) for part in parts for note in part.notes]
    far, near = (
        [velocity for start, velocity in strokes if peak - first <= start < peak - last]
        for first, last in ((16, 8), (4, 0))
    )
    assert sum(near) / len(near) > sum(far) / len(far) + 1
    for part in score.parts:
        swell = [c.value for c in part.controls if c.number == 11 and peak - 8 <= c.beat < peak]
        assert swell == sorted(swell)


@in_every_style
def test_every_wanted_hit_that_has_a_chord_is_met(make_cue: CueMaker, style: Style, wish: dict[str, object]) -> None:
    cue = make_cue(**wish | {"chords": ["C" if chord == "N" else chord for chord in wish["chords"]]}, style=style.name)
    onsets = sorted({float(cue.tempo.seconds_at(n.start)) for part in arrange(cue).parts for n in part.notes})
    for time in map(float, cue.wanted_times):
        place = bisect_left(onsets, time)
        assert min(abs(onset - time) for onset in onsets[max(place - 1, 0) : place + 1]) <= 0.02


@_some_styles()
def test_more_density_is_more_onsets_and_more_loudness_harder_strokes(make_cue: CueMaker, style: Style) -> None:
    cue = make_cue("C F G C " * 10, style=style.name, cuts=[200, 400])
    scores = [
        arrange(
            replace(cue, steps=tuple(replace(s, density=2.0 + 4 * up, loudness=0.03 + 0.06 * up) for s in cue.steps))
        )
        for up in range(6)
    ]
    onsets = [sum(len(part.notes) for part in score.parts) for score in scores]
    means = [
        sum(n.velocity for p in score.parts for n in p.notes) / sum(len(p.notes) for p in score.parts)
        for score in scores
    ]
    assert onsets == sorted(set(onsets))
    assert means[-1] > means[0] + 11  # of all notes: where pads make way, the lead counts for more in the quiet


@_some_styles()
def test_the_theme_is_heard_again_and_again(make_cue: CueMaker, style: Style) -> None:
    score = arrange(make_cue("C F G C " * 10, style=style.name))
    line = next(part for player, part in zip(style.players, score.parts, strict=True) if player.has_motif)
    moves = [(round(b.start - a.start, 6), b.pitch - a.pitch) for a, b in pairwise(line.notes)]
    runs = Counter(tuple(moves[at : at + 5]) for at in range(len(moves) - 4))
    assert runs.most_common(1)[0][1] >= 2


@given(count=st.integers(1, 12), cut_short=st.floats(0, 0.96), chords=st.sampled_from(["C F", "C C", "G C C C"]))
def test_a_style_that_stops_ends_on_the_last_frame(
    make_cue: CueMaker, count: int, cut_short: float, chords: str
) -> None:
    steps = (chords + " ").split() * count
    cue = make_cue(steps, seconds=len(steps) - cut_short, style="electronic")
    form = form_of(cue, stops=True)
    ends = [cue.tempo.seconds_at(note.end) for part in arrange(cue).parts for note in part.notes]
    assert cue.seconds - Fraction(1, 480) <= max(ends) <= cue.seconds
    if form.button is not None:
        begin, end = (cue.tempo.seconds_at(beat) for beat in form.button)
        assert Fraction(1, 2) - Fraction(1, 480) <= end - begin <= Fraction(1, 2) + Fraction(1, 8)
        assert form.release <= form.button[0]


def test_the_button_is_struck_by_all_and_nothing_with_it(make_cue: CueMaker) -> None:
    cue = make_cue("C F G C " * 5 + "C C C C", style="electronic")
    begin, end = form_of(cue, stops=True).button or (0.0, 0.0)
    parts = arrange(cue).parts
    last = [[note for note in part.notes if note.end > begin] for part in parts]
    assert all((note.start, note.end) == (begin, end) for notes in last for note in notes)
    assert sum(bool(notes) for notes in last) >= len(parts) - 1


def test_there_is_no_button_after_a_rest_that_ends_the_cue(make_cue: CueMaker) -> None:
    assert form_of(make_cue("C F G C N N", style="electronic"), stops=True).button is None


def test_a_fill_comes_before_a_section_and_fades_are_without_drums(make_cue: CueMaker) -> None:
    score = arrange(make_cue("C F G C " * 10, density=16, style="cinematic"))
    (drums,) = kits(score)
    starts = {mark.text: mark.beat for mark in score.markers}
    fill = {note.pitch for note in drums.notes if starts["Peak"] - 2 <= note.start < starts["Peak"]}
    assert {KIT["G"], KIT["M"], KIT["L"]} <= fill
    assert not any(note.start < starts["Build"] or starts["Release"] <= note.start < 78 for note in drums.notes)


def test_there_are_many_styles_and_piano_is_the_first() -> None:
    assert len(style_names()) >= 14 and style_names()[0] == "piano"
    assert all(2 <= len(style_named(name).players) <= 9 for name in style_names())


def test_no_two_styles_have_the_same_instruments() -> None:
    bands = [frozenset((player.program, player.is_kit) for player in style.players) for style in STYLES.values()]
    assert len(set(bands)) == len(bands)


@_some_styles()
def test_reported_hits_are_all_met(make_cue: CueMaker, style: Style) -> None:
    cue = make_cue("C F G C " * 6, cuts=[60, 131, 210, 333, 460], style=style.name)
    assert all(abs(hit.error_seconds or 0) <= 0.02 for hit in measured_hits(cue, arrange(cue)) if hit.wanted)


def test_the_last_chord_after_a_release_is_no_louder_than_what_leads_to_it(make_cue: CueMaker) -> None:
    cue = make_cue("Cmin Fmin G Cmin " * 6 + "Cmin Cmin", key="C minor", style="strings", loudness=0.2)
    score = arrange(cue)
    form = form_of(cue)
    assert form.steps[form.final].section is SectionKind.RELEASE
    start = form.steps[form.final].chord_beat
    notes = [note for part in score.parts if part.role != "lead" for note in part.notes]
    last = [note.velocity for note in notes if note.start == start]
    before = [note.velocity for note in notes if start - 8 <= note.start < start]
    assert sum(last) / len(last) <= sum(before) / len(before) + 1


@pytest.mark.parametrize("style", ["electronic", "synthwave"])
def test_who_sang_ends_where_the_tune_ends(make_cue: CueMaker, style: str) -> None:
    cue = make_cue("A:min F C G A:min D:min E A:min", style=style, key="A minor")
    form = form_of(cue, stops=True)
    assert form.button is not None
    for part in (part for part in arrange(cue).parts if part.role == "lead" and len(part.notes) > 1):
        button = [note.pitch for note in part.notes if note.start >= form.button[0] - 0.01]
        before = [note for note in part.notes if note.start < form.button[0] - 0.01]
        assert len(button) == 1 and button[0] == before[-1].pitch


def test_a_part_that_swells_does_not_give_way_before_its_button(make_cue: CueMaker) -> None:
    """Without a button the last chord fades in expression; with one nothing does until it is struck."""
    chords, ends = "C F G C A:min F G C C C", {}
    for ending in (Ending.BUTTON, Ending.RING):
        cue = make_cue(chords, style="strings", key="C major")
        plan = replace(plain_plan(len(cue.steps), cue.key), ending=ending, final_bar=4)
        part = next(p for p in arrange(altered(cue, plan=plan)).parts if p.role == "pad" and p.controls)
        ends[ending] = [control.value for control in part.controls if control.number == EXPRESSION][-1]
    assert ends[Ending.BUTTON] > ends[Ending.RING]


def test_fewer_play_in_a_bar_that_is_thinner_by_plan(make_cue: CueMaker) -> None:
    cue = make_cue("C C A:min A:min F F G G " * 2, style="strings")
    plan = plain_plan(len(cue.steps), cue.key)
    counts = []
    for force in (0.9, 0.9 * DIP):
        forces = tuple(force if bar == 4 else 0.9 for bar in range(len(plan.bar_steps)))
        parts = arrange(altered(cue, plan=replace(plan, forces=forces))).parts
        counts.append(sum(any(16 < note.start < 19.5 for note in part.notes) for part in parts))
    assert counts[1] < counts[0]


@pytest.mark.parametrize(("last", "is_strong"), [(FINALE, True), (RELEASE, False)])
def test_a_button_that_ends_strongly_is_about_as_hard_as_the_summit(
    make_cue: CueMaker, last: str, is_strong: bool
) -> None:
    loudness = [*[0.1] * 8, *[0.35] * 8, *[0.1] * 8]
    cue = make_cue("A:min F C G " * 6, style="trailer", key="A minor", loudness=loudness, cuts=[200])
    names = ((0, "Theme", "A"), (4, "Summit", "A'"), (8, last, "A''"))
    sections = tuple(
        PlannedSection(bar, 4, name, theme, cue.key, 0.5, summit=bar == 4, phrases=(4,)) for bar, name, theme in names
    )
    tension = tuple(1.0 if bar == 4 else 0.5 for bar in range(12))
    plan = replace(plain_plan(24, cue.key), sections=sections, tension=tension, final_bar=11)
    cue = altered(cue, plan=plan)
    score, form = arrange(cue), form_of(cue, stops=True)
    assert form.button is not None

    def loudest(beat: float) -> int:
        return max(note.velocity for part in score.parts for note in part.notes if abs(note.start - beat) < 0.01)

    assert (loudest(form.button[0]) >= 0.95 * loudest(16.0)) is is_strong
