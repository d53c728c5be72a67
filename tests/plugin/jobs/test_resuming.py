"""A job that is stopped while it composes or plays goes on with what it had, to the very same results."""

from __future__ import annotations

import hashlib
import json
from fractions import Fraction

import pytest

from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.progress import Cancelled, Progress
from hitpoint.core.render.mixdown import rough_sound as rough_sound_module
from hitpoint.plugin.jobs import composer, resuming
from hitpoint.plugin.jobs.job import Job
from hitpoint.plugin.jobs.score import score_edit


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """A cache of its own, in which even the shortest cues are kept."""
    monkeypatch.setenv("HITPOINT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(resuming, "SHORTEST", Fraction(0))
    monkeypatch.setattr(rough_sound_module, "CHUNK_TILES", 1)
    return tmp_path / "cache" / "unfinished-1"


def stopped_at(message, times):
    """A progress that stops the job when it says something for so many times."""
    heard = []
    return Progress(lambda _, said: heard.append(said), lambda: sum(message in one for one in heard) >= times)


def results(edit, outputs):
    """Digests of all that was written, names and addresses apart."""
    files = [outputs.mix, outputs.midi, outputs.cue, *sorted(outputs.stems_folder.iterdir())]
    return [hashlib.md5(path.read_bytes()).hexdigest() for path in files]


def test_a_stop_while_playing_changes_nothing_but_the_time(small_edit, tmp_path, kept, monkeypatch):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    job = Job(edit=small_edit, output=tmp_path / "a" / "x.otio", takes=2)
    all_heard: list[str] = []
    whole = results(small_edit, score_edit(job, Progress(lambda _, said: all_heard.append(said))).outputs)
    again = Job(edit=small_edit, output=tmp_path / "b" / "x.otio", takes=2)
    with pytest.raises(Cancelled):
        score_edit(again, stopped_at("playing", 8))
    assert any(kept.rglob("*.f32")) and any(kept.rglob("takes.json"))
    monkeypatch.setattr(composer, "compose_takes", None)  # it would be called in vain
    heard: list[str] = []
    assert results(small_edit, score_edit(again, Progress(lambda _, said: heard.append(said))).outputs) == whole
    played, whole_played = (sum("playing" in said for said in one) for one in (heard, all_heard))
    assert 0 < played < whole_played and not list(kept.iterdir())


@pytest.mark.slow
def test_of_several_cues_what_was_finished_is_found_again(small_edit, tmp_path, kept, monkeypatch):
    monkeypatch.setattr(resuming, "SHORTEST", Fraction(480))
    monkeypatch.setattr(resuming, "SHORTEST_TOGETHER", Fraction(2))
    for name in ("a", "b"):
        (tmp_path / name).mkdir()

    def wished(_):
        return (Wishes(0, 60, name="1M1"), Wishes(70, 130, name="1M2"))

    whole = score_edit(Job(edit=small_edit, output=tmp_path / "a" / "x.otio", wishes=wished))
    heard: list[str] = []

    def is_at_the_second():
        return "writing" in heard and heard[-1].startswith("playing")

    again = Job(edit=small_edit, output=tmp_path / "b" / "x.otio", wishes=wished)
    with pytest.raises(Cancelled):
        score_edit(again, Progress(lambda _, said: heard.append(said), is_at_the_second))
    assert len(list(kept.rglob("takes.json"))) == 2 and not list((tmp_path / "b").glob("*"))
    monkeypatch.setattr(composer, "compose_takes", None)  # it would be called in vain
    played: list[str] = []
    done = score_edit(again, Progress(lambda _, said: played.append(said)))
    both = [[one, *one.further] for one in (whole, done)]
    assert [results(small_edit, one.outputs) for one in both[0]] == [
        results(small_edit, one.outputs) for one in both[1]
    ]
    first = played[: played.index("writing")]
    assert not [said for said in first if said.startswith("playing ")] and not list(kept.iterdir())


def test_another_wish_is_another_job(small_edit, tmp_path, kept):
    with pytest.raises(Cancelled):
        score_edit(Job(edit=small_edit), stopped_at("playing", 3))
    one = {path.name for path in kept.iterdir()}
    with pytest.raises(Cancelled):
        score_edit(Job(edit=small_edit, takes=2), stopped_at("playing", 3))
    assert len({path.name for path in kept.iterdir()} - one) >= 1


def test_damaged_takes_are_composed_again(small_edit, tmp_path, kept):
    with pytest.raises(Cancelled):
        score_edit(Job(edit=small_edit), stopped_at("playing", 3))
    for path in kept.rglob("takes.json"):
        path.write_text(json.dumps({"takes": [{"cue": {}}]}))
    assert score_edit(Job(edit=small_edit)).outputs.mix.exists()


def test_nothing_is_kept_where_no_cache_is_wished(small_edit, kept):
    from dataclasses import replace

    job = Job(edit=small_edit)
    score_edit(replace(job, engine=replace(job.engine, use_cache=False)))
    assert not kept.exists()
