"""What was meant is what is read: a small generator of its own writes Final Cut Pro 7 XML."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from meant_edits import MEDIA_FRAMES, Meant, Piece, meant_edits, read, seen

from hitpoint.bridge.reading.timeline_reader import read_edit


def rate_text(rate: Fraction) -> str:
    ntsc = "TRUE" if rate.denominator == 1001 else "FALSE"
    return f"<rate><timebase>{round(rate)}</timebase><ntsc>{ntsc}</ntsc></rate>"


def remap(piece: Piece, *, graph: bool) -> tuple[Fraction, str]:
    """The clip frame at which a piece begins, and the filter of its speed."""
    speed = piece.speed
    if speed == 1:
        return Fraction(piece.source), ""
    first = Fraction(piece.source)
    keys: list[tuple[object, object]] = [(0, piece.source), (MEDIA_FRAMES, piece.source)]
    if speed > 0:
        first, keys = first / speed, [(0, 0), (MEDIA_FRAMES / speed, MEDIA_FRAMES)]
    elif speed < 0:
        first, keys = (MEDIA_FRAMES - first) / -speed, [(0, MEDIA_FRAMES), (MEDIA_FRAMES / -speed, 0)]
    written = "".join(f"<keyframe><when>{when}</when><value>{value}</value></keyframe>" for when, value in keys)
    written = f"<parameter><parameterid>graphdict</parameterid>{written}</parameter>" if graph or speed == 0 else ""
    reverse = "TRUE" if speed < 0 else "FALSE"
    return first, (
        "<filter><effect><effectid>timeremap</effectid>"
        f"<parameter><parameterid>speed</parameterid><value>{float(abs(speed) * 100)}</value></parameter>"
        f"<parameter><parameterid>reverse</parameterid><value>{reverse}</value></parameter>{written}</effect></filter>"
    )


def clip_text(piece: Piece, start: int, end: int, told: tuple[int, int], rate: Fraction, *, graph: bool) -> str:
    """A clip item that is used from ``start`` to ``end``, edges written as told."""
    first, filter_ = remap(piece, graph=graph)
    enabled = "FALSE" if piece.kind == "off" else "TRUE"
    if piece.kind == "nested":
        items, at = "", 0
        for each in piece.inside:
            items += clip_text(each, at, at + each.length, (at, at + each.length), rate, graph=graph)
            at += each.length
        inside = (
            f'<sequence id="{piece.name}"><duration>{at}</duration>{rate_text(rate)}'
            f"<media><video><track>{items}</track></video></media></sequence>"
        )
    else:
        inside = (
            f'<file id="{piece.name}"><name>{piece.name}</name><pathurl>file:///m/{piece.name}</pathurl>'
            f"{rate_text(rate)}<duration>{MEDIA_FRAMES}</duration></file>"
        )
    return (
        f"<clipitem><name>{piece.name}</name><enabled>{enabled}</enabled>{rate_text(rate)}<start>{told[0]}</start>"
        f"<end>{told[1]}</end><in>{int(first)}</in><out>{int(first) + end - start}</out>{inside}{filter_}</clipitem>"
    )


def fade_text(start: int, end: int, alignment: str) -> str:
    return f"<transitionitem><start>{start}</start><end>{end}</end><alignment>{alignment}</alignment></transitionitem>"


def track_text(meant: Meant, *, graph: bool) -> str:
    items, fade_before = "", 0
    for number, piece in enumerate(meant.pieces):
        start, end = meant.edges[number : number + 2]
        into = meant.pieces[number - 1] if number else None
        mixed_in = into.lead if into is not None and into.mix else 0
        mixed_out = piece.mix - piece.lead if piece.mix else 0
        if piece.kind != "gap":
            told = [start, end]
            if piece.fade_in:
                items += fade_text(start, start + piece.fade_in, "start-black")
                told[0] = -1
            if into is not None and into.mix:
                told[0] = -1
            if piece.mix or piece.fade_out:
                told[1] = -1
            shifted = Piece(**{**piece.__dict__, "source": piece.source - int(mixed_in * piece.speed)})
            items += clip_text(shifted, start - mixed_in, end + mixed_out, (told[0], told[1]), meant.rate, graph=graph)
            if piece.fade_out:
                items += fade_text(end - piece.fade_out, end, "end-black")
        if piece.mix:
            items += fade_text(end - piece.lead, end + piece.mix - piece.lead, "center")
        fade_before = piece.mix
    assert fade_before == 0
    return f"<track>{items}<enabled>TRUE</enabled></track>"


def even(meant: Meant) -> Meant:
    """Half speed begins on whole frames of the clip only where dissolves begin on even ones."""
    pieces = tuple(Piece(**{**piece.__dict__, "lead": piece.lead // 2 * 2}) for piece in meant.pieces)
    return Meant(meant.rate, meant.start, pieces)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(meant=meant_edits(), graph=st.booleans())
def test_what_was_meant_is_read(tmp_path, meant, graph):
    meant = even(meant)
    code = f"<timecode>{rate_text(meant.rate)}<frame>{meant.start}</frame></timecode>"
    path = tmp_path / "cut.xml"
    path.write_text(
        f'<xmeml version="5"><sequence id="main"><name>main</name>{rate_text(meant.rate)}{code}'
        f"<media><video>{track_text(meant, graph=graph)}</video></media></sequence></xmeml>"
    )
    edit = read_edit(path)
    assert edit.rate.frames_per_second == meant.rate
    assert edit.start_timecode_frame == meant.start
    assert read(edit) == seen(meant)
