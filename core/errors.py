"""The errors an editor can mend, and nothing else.

::

    HitpointError              one line: what, where, what to do next
    ├── EditReadError          an edit that cannot be read or makes no sense
    ├── EditWriteError         a result that cannot be written where it was asked for
    │   └── PlaceError         the same, where another place or name would do
    ├── MediaReadError         a media file that is there but cannot be decoded
    ├── CueFileError           a cue.json that is damaged or too new
    ├── CheckpointError        model weights that cannot be loaded or do not fit
    ├── DatasetError           training or evaluation data that is not as published
    ├── SoundFontError         a sound font or synthesiser that cannot be used
    ├── StyleFileError         a style's file that cannot be read or makes no sense
    └── OptionError            a wish that cannot be met (a range outside the edit, an unknown mood)
        └── ChordSymbolError   a text that names no chord

An impossible state is an ``assert`` or a crash, never one of these.
"""


def printable(text: str) -> str:
    """A text with nothing in it that could start a line or steer a terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


class HitpointError(Exception):
    """Root of everything that is reported to the editor as one line, whatever stands in the names it tells."""

    def __str__(self) -> str:
        """The message on one line."""
        return printable(super().__str__())


class EditReadError(HitpointError):
    """The edit cannot be read, or what it says makes no sense."""


class EditWriteError(HitpointError):
    """A result cannot be written where it was asked for."""


class PlaceError(EditWriteError):
    """A result cannot be written to the place or under the name asked for; another one would do.

    Attributes:
        option: that names the place on the command line.
    """

    option = "-o"


class MediaReadError(HitpointError):
    """A media file exists but cannot be decoded."""


class CueFileError(HitpointError):
    """A stored cue is damaged, or written by a newer version."""


class CheckpointError(HitpointError):
    """Model weights cannot be loaded, or are for another model."""


class DatasetError(HitpointError):
    """A data set is missing files or not in its published layout."""


class SoundFontError(HitpointError):
    """A sound font or synthesiser cannot be used."""


class StyleFileError(HitpointError):
    """A style's file cannot be read, or what it says makes no sense."""


class OptionError(HitpointError):
    """A wish that cannot be met, such as a range outside the edit."""


class ChordSymbolError(OptionError, ValueError):
    """A text that names no chord; a ValueError too, for readers of files that say where it stands."""
