"""How many of the prompts of a list are understood as they should be, by kind of control; and which are not.

    python resources/words/measure_prompts.py tests/core/words/prompts.txt

Each line is a prompt, a bar, and what it asks for: ``v+ v- a+ a-`` the signs of valence and arousal of its beginning,
after ``>`` those of its end; ``style= with= without= metre= key= ending=`` and ``bpm< bpm>``.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.sound import Sound
from hitpoint.core.words.controls import Prompted, prompted
from hitpoint.core.words.reading import read_prompt

_CHECK = re.compile(
    r"[va][+-]|>|(?:style|with|without|metre|key|ending)=[^=<>]+?(?=\s(?:[va][+-]|>|\w+[=<>])|$)|bpm[<>]\d+"
)
_KINDS = {"v": "valence", "a": "arousal", "b": "tempo"}


def read_list(path: Path) -> list[tuple[str, str]]:
    """Each prompt and what it asks for."""
    lines = (line.split("|") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return [(parts[0].strip(), parts[1].strip()) for parts in lines if len(parts) == 2]


def heard(text: str) -> Prompted:
    """What a prompt becomes for a cue of a minute."""
    return prompted(Wishes(), Sound(), read_prompt(text), (0.0, 60.0))


def outcomes(text: str, wanted: str) -> list[tuple[str, bool]]:
    """The kind of each thing that is asked for, and whether it was understood."""
    found, is_last, done = heard(text), False, list[tuple[str, bool]]()
    for check in _CHECK.findall(wanted):
        if check == ">":
            is_last = True
            continue
        kind = check.split("=")[0] if "=" in check else _KINDS[check[0]]
        done.append((f"{kind} at the end" if is_last else kind, _holds(found, check.strip(), is_last)))
    return done


def orders(text: str, wanted: str) -> bool | None:
    """Whether all that a prompt says of its end came at its end; None if it says nothing of one."""
    late = [holds for kind, holds in outcomes(text, wanted) if kind.endswith("at the end")]
    return all(late) if late else None


def figures(lines: list[tuple[str, str]]) -> tuple[dict[str, tuple[int, int]], list[str]]:
    """By kind, how many were understood of how many; and the misses."""
    hits, every, missed = Counter[str](), Counter[str](), list[str]()
    for text, wanted in lines:
        order = orders(text, wanted)
        for kind, holds in [*outcomes(text, wanted), *([] if order is None else [("order in time", order)])]:
            every[kind] += 1
            hits[kind] += holds
            if not holds:
                missed.append(f"{text}: {kind}")
    return {kind: (hits[kind], every[kind]) for kind in sorted(every)}, missed


def _holds(found: Prompted, check: str, is_last: bool) -> bool:
    name, _, value = check.partition("=")
    told = {(one.control, one.value.partition(" from ")[0]) for one in found.understood}
    if check[0] in "va" and check[1] in "+-":
        if not found.wishes.moods:
            return False
        point = found.wishes.moods[-1 if is_last else 0].affect
        number = point.valence if check[0] == "v" else point.arousal
        return number > 0 if check[1] == "+" else number < 0
    if name in ("with", "without"):
        return ("instrument" if name == "with" else "without", value) in told
    if check.startswith("bpm"):
        bpm = found.wishes.bpm
        return bpm is not None and (bpm < float(check[4:]) if check[3] == "<" else bpm > float(check[4:]))
    ending = found.wishes.ending
    standing = {
        "style": found.wishes.style,
        "metre": str(found.wishes.metre),
        "key": str(found.wishes.key),
        "ending": ending.value if ending else "",
    }
    return standing[name] == value


if __name__ == "__main__":
    prompts = read_list(Path(sys.argv[1]))
    shares, misses = figures(prompts)
    print(f"{len(prompts)} prompts")
    for kind, (right, count) in shares.items():
        print(f"{kind:<20} {right:>4} of {count:<4} {right / count:6.1%}")
    print("\n".join(misses))
