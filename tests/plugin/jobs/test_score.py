import json
from fractions import Fraction
from pathlib import Path

import mido
import numpy as np
import opentimelineio as otio
import pytest
import soundfile

from hitpoint.core.cue.documents.cue_file import read_cue
from hitpoint.core.cue.sounded import sounded_spans
from hitpoint.core.features.extract import extract_features
from hitpoint.core.music.chord import parse_chord
from hitpoint.core.timebase import FrameRate
from hitpoint.plugin import cli
from hitpoint.plugin.jobs import looking

FRAMES = 188
RATE = FrameRate(Fraction(24000, 1001))


def markers_of(path: Path, track: str) -> list[tuple[float, str]]:
    """(seconds, text) of the markers on one track of a MIDI file."""
    file = mido.MidiFile(path)
    tempo = [message for message in mido.merge_tracks(file.tracks)]
    changes, tick = [(0, 500_000)], 0
    for message in tempo:
        tick += message.time
        if message.type == "set_tempo":
            changes.append((tick, message.tempo))

    def seconds_at(at: int) -> float:
        total, (last, microseconds) = 0.0, changes[0]
        for start, following in changes[1:]:
            if start >= at:
                break
            total += (start - last) * microseconds / file.ticks_per_beat / 1e6
            last, microseconds = start, following
        return total + (at - last) * microseconds / file.ticks_per_beat / 1e6

    found, tick = [], 0
    for message in next(one for one in file.tracks if one.name == track):
        tick += message.time
        if message.type == "marker":
            found.append((seconds_at(tick), message.text))
    return found


def test_the_report_tells_what_was_read(scored):
    edit = scored.report["edit"]
    assert (edit["rate"], edit["shots"]) == ("24000/1001", 3)
    assert edit["cuts"] == [float(RATE.seconds(60)), float(RATE.seconds(110))]
    assert edit["media"] == {"found": 0, "missing": ["a.mov", "b.mov", "c.mov"]}
    assert edit["seconds"] == float(RATE.seconds(FRAMES))


def test_every_wave_file_is_as_long_as_the_edit_to_the_sample(scored):
    files = [scored.output("mix"), *map(Path, scored.report["outputs"]["stems"])]
    infos = [soundfile.info(file) for file in files]
    assert {(i.frames, i.samplerate, i.channels, i.subtype) for i in infos} == {(376_376, 48_000, 2, "PCM_24")}


def test_the_stems_sum_to_the_mix(scored):
    stems = [soundfile.read(path, dtype="int32")[0] // 256 for path in scored.report["outputs"]["stems"]]
    mix = soundfile.read(scored.output("mix"), dtype="int32")[0] // 256
    assert len(stems) >= 2
    assert np.array_equal(sum(stems), mix)


def test_the_mix_sounds_and_does_not_clip(scored):
    mix, _ = soundfile.read(scored.output("mix"))
    assert 0.05 < np.abs(mix).max() < 0.95
    assert np.abs(mix[[0, -1]]).max() < 1e-3


def test_cue_report_and_midi_tell_the_same_chords(scored):
    told = [(c["start"], c["end"], c["symbol"]) for c in scored.report["cue"]["chords"]]
    cue = read_cue(scored.output("cue"))
    assert [(float(s.start), float(s.end), s.chord.symbol()) for s in sounded_spans(cue)] == told
    written = markers_of(scored.output("midi"), "Chords")
    assert [text for _, text in written] == [symbol for _, _, symbol in told]
    assert [time for time, _ in written] == pytest.approx([start for start, _, _ in told], abs=0.002)


def test_the_chords_cover_the_cue(scored):
    cue = scored.report["cue"]
    assert cue["chords"][0]["start"] == cue["start"]
    assert cue["chords"][-1]["end"] == pytest.approx(cue["start"] + cue["seconds"])
    assert all(a["end"] == b["start"] for a, b in zip(cue["chords"], cue["chords"][1:], strict=False))


def test_notes_at_a_chord_change_belong_to_the_new_chord(scored):
    cue = read_cue(scored.output("cue"))
    notes = [m.note % 12 for m in mido.MidiFile(scored.output("midi")) if m.type == "note_on" and m.velocity]
    palette = {pc for span in cue.chord_spans for pc in parse_chord(span.chord.symbol()).pitch_classes}
    assert np.mean([note in palette for note in notes]) > 0.9


def test_nothing_of_the_edit_is_changed(scored):
    before, after = json.loads(scored.edit.read_text()), json.loads(scored.output("timeline").read_text())
    ours = after["tracks"]["children"].pop()
    assert ours["name"] == "Music"
    assert after["metadata"].pop("hitpoint")
    assert after == before


def test_the_music_lies_at_the_start_at_the_timelines_rate(scored):
    timeline = otio.adapters.read_from_file(str(scored.output("timeline")))
    clip = timeline.tracks[-1][0]
    placed = clip.range_in_parent()
    assert (placed.start_time.value, placed.duration.value) == (0, FRAMES)
    assert placed.duration.rate == pytest.approx(24000 / 1001)
    assert clip.media_reference.target_url == str(scored.output("mix"))


def test_the_same_seed_gives_the_same_music(scored, tmp_path):
    report = tmp_path / "again.json"
    words = ["score", str(scored.edit), "-o", str(tmp_path / "again.otio"), "--report", str(report), "--quiet"]
    assert cli.main(words) == 0
    again = json.loads(report.read_text())
    assert again["cue"] == scored.report["cue"]
    assert Path(again["outputs"]["mix"]).read_bytes() == scored.output("mix").read_bytes()


def test_scoring_a_scored_edit_replaces_our_track_only(scored, tmp_path):
    out = tmp_path / "twice.otio"
    assert (
        cli.main(
            ["score", str(scored.output("timeline")), "-o", str(out), "--seed", "5", "--quiet", "--replace", "1M1"]
        )
        == 0
    )
    once, twice = json.loads(scored.output("timeline").read_text()), json.loads(out.read_text())
    assert [track["name"] for track in twice["tracks"]["children"]] == ["V1", "A1", "Music"]
    assert twice["tracks"]["children"][:-1] == once["tracks"]["children"][:-1]


def test_a_range_is_scored_where_it_lies(small_edit, tmp_path):
    report = tmp_path / "r.json"
    assert cli.main(["score", str(small_edit), "--range", "2", "00:00:05:00", "--report", str(report), "--quiet"]) == 0
    told = json.loads(report.read_text())
    timeline = otio.adapters.read_from_file(told["outputs"]["timeline"])
    placed = timeline.tracks[-1][-1].range_in_parent()
    assert (placed.start_time.value, placed.duration.value) == (48, 72)
    assert soundfile.info(told["outputs"]["mix"]).frames == RATE.samples(72)


def test_wishes_are_kept(small_edit, tmp_path):
    report = tmp_path / "r.json"
    words = ["--key", "Eb minor", "--tempo", "90", "--mood", "sad", "--mood", "0-3=tense", "--style", "strings"]
    assert cli.main(["score", str(small_edit), *words, "--report", str(report), "--quiet"]) == 0
    cue = json.loads(report.read_text())["cue"]
    assert (cue["key"], cue["style"], cue["tempo"][0]["bpm"]) == ("Eb minor", "strings", 90.0)
    assert [mood["mood"] for mood in cue["moods"]] == ["tense", "sad"]


@pytest.mark.parametrize(
    "words",
    [
        ["--range", "9", "10"],
        ["--range", "3", "2"],
        ["--range", "x", "2"],
        ["--mood", "5-2=sad"],
        ["--mood", "5-9=sad"],
        ["--range", "0", "4", "--mood", "5-7=sad"],
        ["--range", "0", "4", "--hit", "6"],
        ["--style", "polka"],
    ],
    ids=" ".join,
)
def test_a_wish_that_cannot_be_met_is_one_line_and_writes_nothing(small_edit, words, capsys):
    assert cli.main(["score", str(small_edit), *words]) == cli.EXIT_ERROR
    assert capsys.readouterr().err.count("\n") == 1
    assert list(small_edit.parent.iterdir()) == [small_edit]


def test_own_music_is_no_temp_rather_than_in_the_way(scored, capsys):
    assert cli.main(["score", str(scored.output("timeline")), "--like", "track:2", "--quiet"]) == cli.EXIT_ERROR
    assert "is Hitpoint's own music" in capsys.readouterr().err


def test_results_are_never_written_over(small_edit):
    for _ in range(2):
        assert cli.main(["score", str(small_edit), "--range", "0", "1", "--quiet"]) == 0
    names = {path.name for path in small_edit.parent.iterdir()}
    assert {"small_hitpoint.otio", "small_hitpoint_v2.otio"} <= names


def test_an_edit_that_changes_while_it_is_scored_gets_no_music(small_edit, small_document, monkeypatch):
    shorter = json.loads(json.dumps(small_document))
    shorter["tracks"]["children"][0]["children"].pop()

    def rewritten(*arguments, **options):
        small_edit.write_text(json.dumps(shorter))
        return extract_features(*arguments, **options)

    monkeypatch.setattr(looking, "extract_features", rewritten)
    before = set(small_edit.parent.iterdir())
    assert cli.main(["score", str(small_edit), "--quiet", "--no-cache"]) == 1
    assert set(small_edit.parent.iterdir()) == before
