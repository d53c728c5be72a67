from __future__ import annotations

from hitpoint.core.progress import Progress


def test_equal_shares_follow_each_other_to_the_end() -> None:
    told: list[float] = []
    whole = Progress(lambda fraction, _: told.append(round(fraction, 6))).part(0.2, 0.8)
    for number in range(3):
        share = whole.share(number, 3)
        share.step(0.0)
        share.step(1.0)
    assert told == [0.2, 0.4, 0.4, 0.6, 0.6, 0.8]
