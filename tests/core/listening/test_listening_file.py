import json

import pytest

from hitpoint.core.listening.chord_tracking import HeardChord
from hitpoint.core.listening.listening import Curves, DrumOnset, HeardKey, HeardNote, HeardSection, Listening
from hitpoint.core.listening.listening_file import listening_document, listening_of
from hitpoint.core.model.vocabulary import token_named
from hitpoint.core.music.key import Key

HEARD = Listening(
    seconds=4.0,
    beats=(0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5),
    downbeats=(0.5, 2.5),
    keys=(HeardKey(0.0, 4.0, Key(9, is_minor=True), 0.9),),
    chords=(HeardChord(0.0, 2.5, token_named("A:min"), 0.8), HeardChord(2.5, 4.0, token_named("F:maj7"), 0.5)),
    melody=(HeardNote(0.5, 1.0, 69, 0.7),),
    drums=(DrumOnset(0.5, "low", 1.0), DrumOnset(1.0, "mid", 0.6)),
    curves=Curves((2.0,) * 4, (-20.0,) * 4, (900.0,) * 4, (60.0,) * 4, (0.1,) * 4),
    sections=(HeardSection(0.0, 4.0, "A"),),
    beat_confidence=0.9,
    bar_confidence=0.8,
    tempo_doubt=0.1,
)


def test_a_listening_comes_back_from_its_document():
    assert listening_of(json.loads(json.dumps(listening_document(HEARD)))) == HEARD


def test_the_document_keeps_the_contract():
    document = listening_document(HEARD)
    assert document["schema"] == "hitpoint.listening.1"
    assert (document["bpm"], document["metre"], document["key"]) == (120.0, "4/4", "A minor")
    assert document["chords"][1] == {"start": 2.5, "end": 4.0, "symbol": "F:maj7", "confidence": 0.5}
    assert document["drums"][0] == {"time": 0.5, "band": "low", "strength": 1.0}
    assert set(document) >= {
        "seconds",
        "beats",
        "downbeats",
        "keys",
        "melody",
        "density",
        "loudness",
        "brightness",
        "sections",
    }


def test_silence_has_neither_tempo_nor_key():
    document = listening_document(Listening(3.0))
    assert document["bpm"] is None
    assert document["key"] is None


@pytest.mark.parametrize(("beats", "compound", "written"), [(3, False, "3/4"), (2, True, "6/8"), (4, True, "12/8")])
def test_the_metre_is_written_as_musicians_do(beats, compound, written):
    assert Listening(1.0, beats_per_bar=beats, compound=compound).metre == written


@pytest.mark.parametrize("change", [{"schema": "other"}, {"beats": None}, {"drums": [{"time": 1, "band": "loud"}]}])
def test_what_is_no_listening_is_refused(change):
    with pytest.raises((ValueError, LookupError, TypeError)):
        listening_of({**listening_document(HEARD), **change})
