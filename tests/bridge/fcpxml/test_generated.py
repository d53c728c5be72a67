"""What was meant is what is read: a small generator of its own writes FCPXML."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from meant_edits import MEDIA_FRAMES, Meant, Piece, meant_edits, read, seen

from hitpoint.bridge.reading.timeline_reader import read_edit


def time(frames: Fraction | int, rate: Fraction) -> str:
    seconds = Fraction(frames) / rate
    return f"{seconds.numerator}/{seconds.denominator}s" if seconds.denominator > 1 else f"{seconds.numerator}s"


def element(piece: Piece, at: int, rate: Fraction, code: int) -> str:
    """One element of a spine; ``code`` is the timecode of its media's first frame."""
    place = f'offset="{time(at, rate)}" duration="{time(piece.length, rate)}"'
    if piece.kind == "gap":
        return f'<gap {place} start="3600s"/>'
    if piece.kind == "nested":
        return f'<ref-clip ref="{piece.name}" name="{piece.name}" {place} start="{time(piece.source, rate)}"/>'
    enabled = ' enabled="0"' if piece.kind == "off" else ""
    start, map_ = Fraction(code + piece.source), ""
    if piece.speed != 1:
        long = Fraction(10 * MEDIA_FRAMES)
        points = [(Fraction(0), Fraction(piece.source)), (long, Fraction(piece.source))]
        start = Fraction(100)
        if piece.speed > 0:
            start, points = piece.source / piece.speed, [(Fraction(0), Fraction(0)), (long / piece.speed, long)]
        elif piece.speed < 0:
            start, points = (
                (long - piece.source) / -piece.speed,
                [(Fraction(0), long), (long / -piece.speed, Fraction(0))],
            )
        points_text = "".join(f'<timept time="{time(t, rate)}" value="{time(v, rate)}"/>' for t, v in points)
        map_ = f"<timeMap>{points_text}</timeMap>"
    return f'<asset-clip ref="{piece.name}" name="{piece.name}" {place} start="{time(start, rate)}"{enabled}>{map_}</asset-clip>'


def spine(pieces: tuple[Piece, ...], origin: int, rate: Fraction, code: int) -> str:
    text, at = "", origin
    for piece in pieces:
        if piece.fade_in:
            text += f'<transition offset="{time(at, rate)}" duration="{time(piece.fade_in, rate)}"/>'
        text += element(piece, at, rate, code)
        at += piece.length
        if piece.mix or piece.fade_out:
            start, length = (at - piece.lead, piece.mix) if piece.mix else (at - piece.fade_out, piece.fade_out)
            text += f'<transition offset="{time(start, rate)}" duration="{time(length, rate)}"/>'
    return f"<spine>{text}</spine>"


def resources(meant: Meant, code: int) -> str:
    text = f'<format id="f" frameDuration="{time(1, meant.rate)}"/>'
    for piece in (*meant.pieces, *(each for nest in meant.pieces for each in nest.inside)):
        if piece.kind == "nested":
            inside = spine(piece.inside, 0, meant.rate, code)
            text += f'<media id="{piece.name}"><sequence format="f" tcStart="0s">{inside}</sequence></media>'
        elif piece.kind != "gap":
            # a retimed clip counts its media from 0, so that the map is the media's whole
            start = time(code if piece.speed == 1 else 0, meant.rate)
            length = time(100 * MEDIA_FRAMES, meant.rate)
            text += f'<asset id="{piece.name}" start="{start}" duration="{length}" hasVideo="1" src="file:///m/{piece.name}"/>'
    return f"<resources>{text}</resources>"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(meant=meant_edits(), code=st.sampled_from([0, 90_000]))
def test_what_was_meant_is_read(tmp_path, meant, code):
    path = tmp_path / "cut.fcpxml"
    path.write_text(
        f'<fcpxml version="1.10">{resources(meant, code)}<library><event><project name="main">'
        f'<sequence format="f" tcStart="{time(meant.start, meant.rate)}">'
        f"{spine(meant.pieces, meant.start, meant.rate, code)}</sequence></project></event></library></fcpxml>"
    )
    edit = read_edit(path)
    assert (edit.rate.frames_per_second, edit.start_timecode_frame) == (meant.rate, meant.start)
    assert read(edit) == seen(meant)
