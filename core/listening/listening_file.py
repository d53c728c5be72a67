"""A listening as JSON, ``hitpoint.listening.1``: what ``hitpoint listen --json`` prints and the cache keeps."""

from __future__ import annotations

from typing import Any

from hitpoint.core.listening.chord_tracking import HeardChord
from hitpoint.core.listening.listening import (
    BANDS,
    Curves,
    DrumOnset,
    HeardKey,
    HeardNote,
    HeardSection,
    Listening,
)
from hitpoint.core.model.vocabulary import symbol_of, token_named
from hitpoint.core.music.key import parse_key

SCHEMA = "hitpoint.listening.1"
_CURVES = ("density", "loudness", "brightness", "register", "width")
_DIGITS = 4  # of seconds and shares


def listening_document(heard: Listening) -> dict[str, Any]:
    """Plain JSON values; times in seconds from the start of the recording."""
    key = heard.key
    return {
        "schema": SCHEMA,
        "seconds": round(heard.seconds, _DIGITS),
        "bpm": None if heard.bpm is None else round(heard.bpm, 2),
        "tempo_doubt": heard.tempo_doubt,
        "metre": heard.metre,
        "beats_per_bar": heard.beats_per_bar,
        "compound": heard.compound,
        "beats": [round(time, _DIGITS) for time in heard.beats],
        "downbeats": [round(time, _DIGITS) for time in heard.downbeats],
        "key": None if key is None else str(key),
        "keys": [{**_span(k.start, k.end), "key": str(k.key), "confidence": _share(k.confidence)} for k in heard.keys],
        "chords": [
            {**_span(c.start, c.end), "symbol": symbol_of(c.token), "confidence": _share(c.confidence)}
            for c in heard.chords
        ],
        "melody": [
            {**_span(n.start, n.end), "pitch": n.pitch, "confidence": _share(n.confidence)} for n in heard.melody
        ],
        "drums": [
            {"time": round(d.time, _DIGITS), "band": d.band, "strength": _share(d.strength)} for d in heard.drums
        ],
        **{name: list(getattr(heard.curves, name)) for name in _CURVES},
        "sections": [{**_span(s.start, s.end), "label": s.label} for s in heard.sections],
        "confidence": {"beats": _share(heard.beat_confidence), "bars": _share(heard.bar_confidence)},
    }


def listening_of(document: dict[str, Any]) -> Listening:
    """The listening that a document tells.

    Raises:
        ValueError, LookupError, TypeError: if it is not one.
    """
    if document["schema"] != SCHEMA:
        raise ValueError(f"not {SCHEMA}")
    bands = {band: band for band in BANDS}
    return Listening(
        seconds=float(document["seconds"]),
        beats=tuple(map(float, document["beats"])),
        downbeats=tuple(map(float, document["downbeats"])),
        beats_per_bar=int(document["beats_per_bar"]),
        compound=bool(document["compound"]),
        keys=tuple(
            HeardKey(float(k["start"]), float(k["end"]), parse_key(k["key"]), float(k["confidence"]))
            for k in document["keys"]
        ),
        chords=tuple(
            HeardChord(float(c["start"]), float(c["end"]), token_named(c["symbol"]), float(c["confidence"]))
            for c in document["chords"]
        ),
        melody=tuple(
            HeardNote(float(n["start"]), float(n["end"]), int(n["pitch"]), float(n["confidence"]))
            for n in document["melody"]
        ),
        drums=tuple(DrumOnset(float(d["time"]), bands[d["band"]], float(d["strength"])) for d in document["drums"]),
        curves=Curves(*(tuple(map(float, document[name])) for name in _CURVES)),
        sections=tuple(HeardSection(float(s["start"]), float(s["end"]), str(s["label"])) for s in document["sections"]),
        beat_confidence=float(document["confidence"]["beats"]),
        bar_confidence=float(document["confidence"]["bars"]),
        tempo_doubt=float(document["tempo_doubt"]),
    )


def _span(start: float, end: float) -> dict[str, float]:
    return {"start": round(start, _DIGITS), "end": round(end, _DIGITS)}


def _share(value: float) -> float:
    return round(value, _DIGITS)
