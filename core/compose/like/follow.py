"""How much of a recording a cue follows, in each respect."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from hitpoint.core.errors import OptionError

DEFAULT_CLOSENESS = 3  # books of a recording's harmony that are opened


@dataclass(frozen=True)
class Follow:
    """Weights 0..1; 0 takes nothing, 1 everything.

    Attributes:
        beats: the grid of beats and bars.
        form: sections, their likeness, the arc and its climaxes.
        dynamics: the curve of loudness.
        density: the curve of how much is played.
        drums: how much more than other onsets strokes of a kit count in the density; alone, how much they shape it.
        chords: the chords themselves.
        melody: a line that stands alone, as the cue's theme: which share of its first eight bars.
    """

    beats: float = 1.0
    form: float = 1.0
    dynamics: float = 1.0
    density: float = 1.0
    drums: float = 0.5
    chords: float = 0.0
    melody: float = 0.0

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is followed."""
        return not any(getattr(self, field.name) for field in fields(self))

    def __str__(self) -> str:
        """As it is written on the command line."""
        return ",".join(f"{field.name}={getattr(self, field.name):g}" for field in fields(self))


NOTHING = Follow(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


def parse_follow(text: str) -> Follow:
    """What somebody wrote: "beats=1,drums=.5"; what is not named keeps its default.

    Raises:
        OptionError: if a name or a number is none.
    """
    follow = Follow()
    names = [field.name for field in fields(Follow)]
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, equals, number = (word.strip() for word in part.partition("="))
        try:
            weight = float(number) if equals else 1.0
        except ValueError:
            weight = -1.0
        if name not in names or not 0.0 <= weight <= 1.0:
            raise OptionError(
                f"--follow {part!r}: write NAME=WEIGHT, a weight from 0 to 1 and a name of {' '.join(names)}"
            )
        follow = replace(follow, **{name: weight})
    return follow
