import shutil
from dataclasses import replace

import pytest

from hitpoint.core.cue.changes import chord_set
from hitpoint.core.files.digests import sha256_of
from hitpoint.core.music.chord import parse_chord
from hitpoint.core.render.provenance.licences import licence_of, shipped, weights_facts
from hitpoint.core.render.provenance.person import by_a_person, in_words


@pytest.fixture
def cue(make_chord_cue):
    return make_chord_cue("C F G C")


def test_a_cue_that_nobody_touched_has_nothing_of_a_person(cue):
    assert by_a_person(cue) == {} and in_words(cue) == ""


def test_locks_and_wishes_are_a_persons(cue):
    touched = replace(chord_set(cue, range(1), parse_chord("A:min")), prompts=("dark",))
    found = by_a_person(touched)
    assert found["locked_chords"][0]["symbol"] == "A:min" and found["prompts"] == ["dark"]
    assert in_words(touched) == "1 chords locked; 1 prompts"


def test_files_that_ship_have_a_licence_and_others_say_that_it_is_unknown(tmp_path):
    assert licence_of(shipped("soundfonts", "hitpoint.sf3")).startswith("MIT")
    assert licence_of(tmp_path / "mine.sf2").startswith("not known")


def test_weights_are_known_by_what_they_hold(tmp_path):
    shutil.copy(shipped("checkpoints", "amt.safetensors"), tmp_path / "renamed.safetensors")
    digest = sha256_of(tmp_path / "renamed.safetensors")
    assert weights_facts([digest])[0]["file"] == "amt.safetensors"
    assert weights_facts(["0" * 64])[0]["file"] is None
