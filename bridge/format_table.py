"""The table of formats as README shows it: ``python -m hitpoint.bridge.format_table`` prints it."""

from __future__ import annotations

from hitpoint.bridge.formats import FORMATS, Format, Way

_COLUMNS = (
    "format",
    "read",
    "audio tracks",
    "markers",
    "transitions",
    "start timecode",
    "Hitpoint writes",
    "worth knowing",
)
_WAYS = {
    Way.NATIVE: "by Hitpoint itself",
    Way.EXCHANGE: "by Hitpoint itself",
    Way.PROJECT: "by Hitpoint itself",
    Way.BUNDLE: "unpacked, then the same",
    Way.ADAPTER: "adapter",
    Way.MOVIE: "its cuts are detected",
}


def markdown_table() -> str:
    """A row for each format, in Markdown."""
    head = [_row(_COLUMNS), _row(["---"] * len(_COLUMNS)).replace(" ", "")]
    return "\n".join([*head, *(_row(_cells(format_)) for format_ in FORMATS)])


def _cells(format_: Format) -> list[str]:
    kept = (format_.audio_tracks, format_.markers, format_.transitions, format_.start_timecode)
    return [
        _name(format_),
        _WAYS[format_.way],
        *("yes" if each else "no" for each in kept),
        _written(format_),
        format_.note,
    ]


def _name(format_: Format) -> str:
    if format_.way is Way.MOVIE:
        return "a movie"
    return f"{format_.name} (`{format_.suffixes[0]}`)"


def _written(format_: Format) -> str:
    own = f"`{format_.suffixes[0]}`"
    if not format_.writes_music or own == "`.otio`":
        return "`.otio`"
    return f"{own} or `.otio`" if format_.way is Way.PROJECT else f"`.otio` or {own}"


def _row(cells: list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |".replace("  |", " |")


if __name__ == "__main__":
    print(markdown_table())
