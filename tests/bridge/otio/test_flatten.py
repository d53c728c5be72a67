from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from hitpoint.bridge.otio.flatten import Content, Layer, Piece, Rank, in_sequence, retimed, stacked
from hitpoint.bridge.otio.times import Span


def layer(*spans, rank=Rank.PICTURE, length=None):
    pieces = tuple(Piece(Fraction(a), Fraction(b), Content(f"{a}-{b}", rank), Fraction(a)) for a, b in spans)
    return Layer(Fraction(length if length is not None else max(b for _, b in spans)), pieces)


def spans(of):
    return [(int(piece.start), int(piece.end), piece.content.name) for piece in of.pieces]


def test_the_upper_picture_hides_the_lower_one_and_lets_it_back():
    seen = stacked([layer((0, 10)), layer((3, 5))])
    assert spans(seen) == [(0, 3, "0-10"), (3, 5, "3-5"), (5, 10, "0-10")]
    assert seen.pieces[2].source_start == 5


def test_a_title_cuts_no_picture_but_is_seen_alone():
    seen = stacked([layer((0, 10)), layer((4, 14), rank=Rank.GENERATED)])
    assert spans(seen) == [(0, 10, "0-10"), (10, 14, "4-14")]


def test_a_reversed_range_plays_from_its_end():
    seen = retimed(layer((0, 4), (4, 10)), Span(Fraction(2), Fraction(4)), Fraction(-2))
    assert [(p.start, p.end, p.source_start, p.speed) for p in seen.pieces] == [(0, 3, 10, -2), (3, 4, 4, -2)]


def test_a_frozen_range_holds_one_moment():
    seen = retimed(layer((0, 4), (4, 10)), Span(Fraction(5), Fraction(3)), Fraction(0))
    assert [(p.start, p.end, p.source_start, p.speed) for p in seen.pieces] == [(0, 3, 5, 0)]


def test_dissolves_that_cross_on_a_short_clip_leave_no_overlap():
    seen = in_sequence([layer((0, 10)), layer((0, 2)), layer((0, 10))], [Fraction(4), Fraction(-4)])
    assert [(p.start, p.end) for p in seen.pieces] == [(0, 12), (12, 22)]


some_layers = st.lists(
    st.lists(st.integers(0, 40), min_size=2, max_size=8, unique=True)
    .map(sorted)
    .map(lambda edges: edges[: len(edges) // 2 * 2]),
    min_size=1,
    max_size=4,
).map(lambda rows: [layer(*zip(row[::2], row[1::2], strict=True)) for row in rows])


@given(some_layers)
def test_a_stack_shows_at_each_moment_its_highest_piece(layers):
    seen = stacked(layers)
    for tick in range(80):
        time = Fraction(tick, 2)
        shown = [p.content for p in seen.pieces if p.start <= time < p.end]
        below = [p.content for each in layers for p in each.pieces if p.start <= time < p.end]
        assert shown == below[-1:]


@given(some_layers)
def test_a_stack_has_no_overlap_and_keeps_source_times(layers):
    seen = stacked(layers)
    assert all(a.end <= b.start for a, b in zip(seen.pieces, seen.pieces[1:], strict=False))
    assert all(piece.source_start == piece.start for piece in seen.pieces)
