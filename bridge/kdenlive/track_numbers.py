"""All places of a sequence that name a track by its number."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hitpoint.bridge.kdenlive.groups import renumbered
from hitpoint.bridge.kdenlive.project import SEQUENCE, Project
from hitpoint.bridge.xml_tree import Change, Element, text_change


def moved_tracks(project: Project, moved: Callable[[int], int], added: int) -> Iterator[Change]:
    """The changes to the active sequence when tracks come or go.

    Args:
        project: whose active sequence it is.
        moved: the new index for an old one, the black track being 0, as transitions count.
        added: how many tracks there are more.
    """

    def without_black(number: int) -> int:
        """The new number of a track, counted without the black one at the bottom."""
        return moved(number + 1) - 1

    sequence = project.sequence
    for transition in sequence.all("transition"):
        for name in ("a_track", "b_track"):
            yield from _counted(transition, name, moved)
    for name in ("activeTrack", "audioTarget", "videoTarget"):
        yield from _counted(sequence, SEQUENCE + name, without_black)
    for name in ("tracks", "tracksCount"):
        yield from _counted(sequence, SEQUENCE + name, lambda number: number + added)
    groups = sequence.property_element(SEQUENCE + "groups")
    if groups is not None:
        written = project.content[groups.inside : groups.inside_end]
        again = renumbered(written, without_black)
        if again != written:
            yield Change(groups.inside, groups.inside_end, again)


def _counted(element: Element, name: str, number: Callable[[int], int]) -> Iterator[Change]:
    """The change of a property that is a number from 0 on; others, such as -1 for none, stay."""
    found = element.property_element(name)
    if found is None or not found.text.isascii() or not found.text.isdigit():
        return
    if number(int(found.text)) != int(found.text):
        yield text_change(found, str(number(int(found.text))))
