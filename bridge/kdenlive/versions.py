"""The versions of projects that were tried: reading is tolerant, writing is not."""

from __future__ import annotations

from hitpoint.bridge.kdenlive.project import Project, is_sequence
from hitpoint.core.errors import EditWriteError

TRIED_DOCUMENTS = ("1.1",)  # of the project format
TRIED_HOSTS = ("26.08",)  # opened, saved and played by Kdenlive itself after music was written into them


def reading_warnings(project: Project) -> list[str]:
    """Warnings for the editor of a project before music is written into a copy of it."""
    told = []
    if len(project.sequences) > 1:
        name = project.sequence.property("kdenlive:clipname")
        told.append(f"{project.name} holds several sequences; the one that is open, {name!r}, was taken")
    if not _is_writable(project):
        told.append(f"{project.name} is of {_told(project)}, in which no music can be put: only an .otio (-o OUT.otio)")
    elif not project.host_version.startswith(TRIED_HOSTS):
        told.append(
            f"{project.name} is of {_told(project)}; music was tried in projects of Kdenlive {TRIED_HOSTS[-1]} only: "
            "look at the copy before you go on with it (the original is as it was)"
        )
    return told


def check_writable(project: Project) -> None:
    """Refuse to put music into a project of an unknown format.

    Raises:
        EditWriteError: if it is of one.
    """
    if not _is_writable(project):
        tried = ", ".join(TRIED_DOCUMENTS)
        raise EditWriteError(
            f"{project.name} is of {_told(project)}; music can be put only into format {tried}, with sequences: "
            "open and save it in Kdenlive 26.08, or write an .otio (-o OUT.otio) and drop the WAV on a new track"
        )


def _is_writable(project: Project) -> bool:
    return project.document_version in TRIED_DOCUMENTS and is_sequence(project.sequence) and project.bin is not None


def _told(project: Project) -> str:
    host, document = project.host_version or "of an unknown version", project.document_version or "unknown"
    return f"Kdenlive {host[:40]} (project format {document[:20]})"
