"""What was meant is what is read: a small generator of its own writes edit decision lists."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from meant_edits import Meant, Piece, meant_edits, read, seen

from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.core.timebase import FrameRate, format_timecode


def event(number: int, reel: str, transition: str, frames: tuple[int, ...], rate: FrameRate, *, drop: bool) -> str:
    times = " ".join(format_timecode(frame, rate, drop_frame=drop) for frame in frames)
    return f"{number:03d}  {reel:<8} V     {transition:<8} {times}\n"


def source_of(piece: Piece) -> tuple[int, int]:
    """Source in and out; a clip that plays backwards ends where it is seen first."""
    used = int(piece.length * piece.speed)
    return (piece.source, piece.source + used) if piece.speed >= 0 else (piece.source + used, piece.source)


def list_text(meant: Meant, *, drop: bool, mode_only: bool) -> str:
    rate = FrameRate(meant.rate)
    text = f"TITLE: main\nFCM: {'DROP' if drop else 'NON-DROP'} FRAME\n\n"
    for number, piece in enumerate(meant.pieces):
        start, end = (edge + meant.start for edge in meant.edges[number : number + 2])
        before = meant.pieces[number - 1] if number else None
        length = before.mix if before is not None and before.mix else piece.fade_in
        if piece.kind != "clip":
            continue
        transition = "C"
        if length:
            reel = "AX" if before is not None and before.mix else "BL"
            text += event(number, reel, "C", (0, 0, start, start), rate, drop=drop)
            transition = f"D    {length:03d}"
        text += event(number, "AX", transition, (*source_of(piece), start, end), rate, drop=drop)
        if piece.speed != 1:
            text += f"M2   AX       {float(piece.speed * meant.rate):06.2f}   00:00:00:00\n"
        came = f"* FROM CLIP NAME: {before.name}\n" if before is not None and before.mix else ""
        text += came + f"* {'TO' if length else 'FROM'} CLIP NAME: {piece.name}\n"
    return text.replace(";", ":") if mode_only else text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(meant=meant_edits(nested=False, mixes="after"), drop=st.booleans(), mode_only=st.booleans())
def test_what_was_meant_is_read(tmp_path, meant, drop, mode_only):
    rate = FrameRate(meant.rate)
    drop = drop and rate.is_ntsc and rate.nominal % 30 == 0
    first = next(number for number, piece in enumerate(meant.pieces) if piece.kind == "clip")
    cut = Meant(
        meant.rate, meant.start + meant.edges[first], meant.pieces[first:]
    )  # a list begins with its first event
    path = tmp_path / "cut.edl"
    path.write_text(list_text(cut, drop=drop, mode_only=mode_only))
    edit = read_edit(path, rate=rate)
    assert (edit.rate, edit.start_timecode_frame) == (rate, cut.start)
    expected = [(*each[:4], None if each[4] is None else each[4].limit_denominator(1000)) for each in seen(cut)]
    found = [(*each[:4], None if each[4] is None else each[4].limit_denominator(100)) for each in read(edit)]
    assert [each[:3] for each in found] == [each[:3] for each in expected]
    for (*_, source, speed), (*_, meant_source, meant_speed) in zip(found, expected, strict=True):
        assert speed == meant_speed
        if source is not None:
            assert abs(source - meant_source) <= Fraction(1, 50)  # M2 tells speeds to a hundredth of a frame
