from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hitpoint.core.cue.cue import Cue, KeptPhrase, KeptSteps, Played, Reroll, Step
from hitpoint.core.cue.documents.cue_file import cue_bytes, cue_from_document, cue_to_document, read_cue, write_cue
from hitpoint.core.cue.hit_wishes import HitWish
from hitpoint.core.edit import Edit, Marker, Shot, ShotKind
from hitpoint.core.errors import CueFileError
from hitpoint.core.mood import Mood, MoodSpan
from hitpoint.core.music.chord import NO_CHORD, Chord, Quality
from hitpoint.core.music.key import Key
from hitpoint.core.music.tempo import TempoMap, TempoPoint
from hitpoint.core.timebase import FrameRate

texts = st.text(max_size=12)
paths = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12).map(Path)
exact = st.fractions(min_value=-1000, max_value=1000, max_denominator=10**9)
rates = st.sampled_from(["24000/1001", "24", "25", "30000/1001", "60000/1001", "12.5"]).map(
    lambda text: FrameRate(Fraction(text))
)
chords = st.one_of(st.just(NO_CHORD), st.builds(Chord, st.integers(0, 11), st.sampled_from(Quality)))
steps = st.builds(Step, chords, st.booleans(), st.floats(0, 42), st.floats(0, 1), st.booleans())
pitches = st.integers(0, 127)
played = st.builds(Played, st.none() | st.integers(0, 8), st.none() | st.tuples(pitches, pitches, pitches, pitches))
keys = st.builds(Key, st.integers(0, 11), st.booleans())
own_hits = st.builds(HitWish, st.integers(0, 10**6), texts, st.floats(0, 10))
markers = st.builds(Marker, st.integers(0, 10**6), st.integers(1, 100), texts, texts)


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    lengths = draw(st.lists(st.integers(1, 1000), min_size=1, max_size=5))
    ends = [sum(lengths[: index + 1]) for index in range(len(lengths))]
    shots = [
        Shot(
            name=draw(texts),
            start=end - length,
            end=end,
            kind=draw(st.sampled_from(ShotKind)),
            media=draw(st.none() | paths),
            media_name=draw(st.none() | texts),
            source_start=draw(exact),
            speed=draw(exact),
        )
        for end, length in zip(ends, lengths, strict=True)
    ]
    return Edit(
        name=draw(texts),
        path=draw(paths),
        rate=draw(rates),
        frames=ends[-1],
        shots=tuple(shots),
        markers=tuple(draw(st.lists(markers, max_size=3))),
        start_timecode_frame=draw(st.integers(0, 10**7)),
        drop_frame=draw(st.booleans()),
        host=draw(st.sampled_from(["kdenlive", "resolve", ""])),
        missing=tuple(draw(st.lists(texts, max_size=3))),
        warnings=tuple(draw(st.lists(texts, max_size=3))),
    )


@st.composite
def tempo_maps(draw: st.DrawFn) -> TempoMap:
    beats = sorted({Fraction(0), *draw(st.lists(exact.filter(lambda beat: beat > 0), max_size=4))})
    lengths = exact.filter(lambda length: length > 0)
    return TempoMap(tuple(TempoPoint(beat, draw(lengths)) for beat in beats), draw(st.integers(1, 12)))


@st.composite
def cues(draw: st.DrawFn) -> Cue:
    edit = draw(edits())
    start = draw(st.integers(0, edit.frames - 1))
    times = sorted(draw(st.sets(st.floats(0, 1e6), max_size=6)))
    moods = [
        MoodSpan(a, b, draw(st.sampled_from(Mood)), draw(st.booleans()))
        for a, b in zip(times[::2], times[1::2], strict=False)
    ]
    chord_steps = draw(st.lists(steps, min_size=1, max_size=6))
    spans = st.tuples(st.integers(0, len(chord_steps) - 1), st.integers(1, 6), st.integers(-9, 2**64))
    rerolls = [Reroll(a, min(a + n, len(chord_steps)), seed) for a, n, seed in draw(st.lists(spans, max_size=3))]
    return Cue(
        edit=edit,
        start_frame=start,
        end_frame=draw(st.integers(start + 1, edit.frames)),
        key=draw(keys),
        tempo=draw(tempo_maps()),
        steps=tuple(chord_steps),
        moods=tuple(moods),
        style=draw(texts),
        seed=draw(st.integers(-(2**63), 2**64)),
        rerolls=tuple(rerolls),
        hits=tuple(draw(st.lists(own_hits, max_size=3))),
        bpm=draw(st.none() | st.floats(30, 300)),
        kept=tuple(draw(st.lists(kept_steps(len(chord_steps)), max_size=1))),
        playing=tuple(draw(st.none() | played) for _ in chord_steps) if draw(st.booleans()) else (),
    )


@st.composite
def kept_steps(draw: st.DrawFn, count: int) -> KeptSteps:
    first = draw(st.integers(0, count - 1))
    firsts = sorted(draw(st.sets(st.integers(-9, count), max_size=3)))
    sections = st.none() | st.just("Build")
    phrases = tuple(KeptPhrase(at, draw(st.integers(0, 9)), draw(sections), draw(st.integers(0, 99))) for at in firsts)
    return KeptSteps(first, draw(st.integers(first + 1, count)), draw(st.integers(0, 99)), phrases)


def small_cue() -> Cue:
    shot = Shot("a", 0, 100, media=Path("/films/ä b.mov"), media_name="ä b.mov", source_start=Fraction(1, 3))
    edit = Edit("cut", Path("/films/cut.otio"), FrameRate(Fraction(24000, 1001)), 100, (shot,))
    tempo = TempoMap((TempoPoint(Fraction(0), Fraction(1001, 2000)),))
    chord_steps = (Step(Chord(9, Quality.MIN7)), Step(NO_CHORD, locked=True))
    moods = (MoodSpan(0.0, 2.0, Mood.SAD), MoodSpan(2.0, 4.0, Mood.TENSE))
    return Cue(edit, 0, 100, Key(9, True), tempo, chord_steps, moods, "cinematic", 7)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cues())
def test_a_cue_survives_its_document(cue: Cue) -> None:
    assert cue_from_document(json.loads(cue_bytes(cue))) == cue


def test_a_cue_survives_its_file(tmp_path: Path) -> None:
    assert read_cue(write_cue(small_cue(), tmp_path / "cue.json")) == small_cue()


def test_a_second_cue_does_not_take_the_place_of_the_first(tmp_path: Path) -> None:
    first = write_cue(small_cue(), tmp_path / "cue.json")
    second = write_cue(dataclasses.replace(small_cue(), seed=8), tmp_path / "cue.json")
    assert (read_cue(first).seed, read_cue(second).seed) == (7, 8)


_WRITTEN_IF_USED = {"dynamics", "styling", "heard", "overlays"}  # overlays of an edit are only shown


def test_every_field_of_the_document_values_is_written() -> None:
    document = cue_to_document(small_cue())
    pairs = [
        (Cue, document),
        (Edit, document["edit"]),
        (Shot, document["edit"]["shots"][0]),
        (Step, document["steps"][0]),
        (MoodSpan, document["moods"][0]),
        (TempoMap, document["tempo"]),
    ]
    for kind, written in pairs:
        assert {field.name for field in dataclasses.fields(kind)} - _WRITTEN_IF_USED == set(written) - {
            "schema",
            "tune",  # part of the playing, as the ranges are that others made way for
            "tune_ranges",
            "duck",
        }  # the curve follows from speech and sound


def test_people_can_read_it() -> None:
    lines = cue_bytes(small_cue()).decode("utf-8").splitlines()
    step = '{"chord": "A:min7", "locked": false, "density": 10.0, "loudness": 0.17, "drawn": false, "loudness_drawn": false}'
    assert f"    {step}," in lines
    assert any('"rate": "24000/1001"' in line for line in lines)
    assert any("/films/ä b.mov" in line for line in lines)


def test_a_cue_from_before_playing_was_written_remembers_none() -> None:
    document = cue_to_document(small_cue())
    del document["playing"]
    assert cue_from_document(document) == small_cue()


def test_a_file_name_that_is_no_unicode_survives(tmp_path: Path) -> None:
    cue = small_cue()
    strange = dataclasses.replace(cue.edit, path=Path("/films/\udcff.otio"))
    cue = dataclasses.replace(cue, edit=strange)
    assert read_cue(write_cue(cue, tmp_path / "cue.json")) == cue


def changed(change: Callable[[dict[str, Any]], object]) -> bytes:
    document = json.loads(cue_bytes(small_cue()))
    change(document)
    return json.dumps(document).encode()


DAMAGED = {
    "empty": b"",
    "cut short": cue_bytes(small_cue())[:500],
    "binary": bytes(range(256)),
    "no object": b"[1, 2]",
    "deep": b"[" * 100_000,
    "a huge number": b'{"schema": ' + b"9" * 10_000 + b"}",
    "another schema": changed(lambda d: d.update(schema="hitpoint.report.1")),
    "schema no text": changed(lambda d: d.update(schema=[1])),
    "NaN": changed(lambda d: d["steps"][0].update(density=float("nan"))),
    "infinite": changed(lambda d: d["steps"][0].update(density=float("inf"))),
    "negative density": changed(lambda d: d["steps"][0].update(density=-1)),
    "truth for a number": changed(lambda d: d["steps"][0].update(loudness=True)),
    "no such chord": changed(lambda d: d["steps"][0].update(chord="H:min")),
    "no steps": changed(lambda d: d.update(steps=[])),
    "steps are text": changed(lambda d: d.update(steps="many")),
    "a step is a number": changed(lambda d: d["steps"].append(3)),
    "no key": changed(lambda d: d.pop("key")),
    "no such key": changed(lambda d: d.update(key="H minor")),
    "ends before it starts": changed(lambda d: d.update(end_frame=0)),
    "outside the edit": changed(lambda d: d.update(end_frame=101)),
    "rate of nothing": changed(lambda d: d["edit"].update(rate="0")),
    "rate by nothing": changed(lambda d: d["edit"].update(rate="1/0")),
    "hostile fraction": changed(lambda d: d["edit"].update(rate="1e999999999")),
    "shots out of order": changed(lambda d: d["edit"]["shots"][0].update(start=50)),
    "shot ends first": changed(lambda d: d["edit"]["shots"][0].update(end=0)),
    "no such kind": changed(lambda d: d["edit"]["shots"][0].update(kind={})),
    "a path with a nought": changed(lambda d: d["edit"].update(path="a\0b")),
    "moods out of order": changed(lambda d: d["moods"].reverse()),
    "no such mood": changed(lambda d: d["moods"][0].update(mood="jolly")),
    "a mood without length": changed(lambda d: d["moods"][0].update(end=0.0)),
    "a beat before the start": changed(lambda d: d["tempo"]["points"][0].update(beat="-1")),
    "a beat of no length": changed(lambda d: d["tempo"]["points"][0].update(seconds_per_beat="0")),
    "no tempo": changed(lambda d: d["tempo"].update(points=[])),
    "playing of more steps": changed(lambda d: d.update(playing=[[1], [2], [3]])),
    "playing of nothing": changed(lambda d: d.update(playing=[[], None])),
    "a voicing of three": changed(lambda d: d.update(playing=[[1, 36, 60, 64], None])),
    "a voice that is silent": changed(lambda d: d.update(playing=[[1, 36, 60, None, 67], None])),
    "a pitch too high": changed(lambda d: d.update(playing=[[1, 36, 60, 64, 128], None])),
    "text without end": changed(lambda d: d.update(style="x" * 20_000)),
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_file_is_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "cue.json"
    path.write_bytes(content)
    with pytest.raises(CueFileError) as caught:
        read_cue(path)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 500


def test_a_newer_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "cue.json"
    path.write_bytes(changed(lambda d: d.update(schema="hitpoint.cue.2")))
    with pytest.raises(CueFileError, match="newer"):
        read_cue(path)


@pytest.mark.parametrize("name", ["missing.json", "."])
def test_what_is_no_file_is_one_line(tmp_path: Path, name: str) -> None:
    with pytest.raises(CueFileError, match="cannot be read"):
        read_cue(tmp_path / name)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.data())
def test_any_value_in_any_place_is_refused_kindly_or_read(data: st.DataObject) -> None:
    document = json.loads(cue_bytes(small_cue()))
    place = document
    while True:
        name = data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
        if not isinstance(place[name], dict | list) or not place[name] or data.draw(st.booleans()):
            break
        place = place[name]
    place[name] = data.draw(json_values)
    try:
        assert isinstance(cue_from_document(document), Cue)
    except CueFileError as error:
        assert str(error)


@pytest.mark.parametrize("content", [b"", b'{"schema": "hitp', b"\xff\xfe\x80", b"{}", b"[]"])
def test_what_is_no_cue_file_says_what_to_give(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "cue.json").write_bytes(content)
    with pytest.raises(CueFileError, match=r"is no cue file.*: give the cue\.json") as caught:
        read_cue(tmp_path / "cue.json")
    assert not any(word in str(caught.value) for word in ("codec", "Expecting", "schema"))
