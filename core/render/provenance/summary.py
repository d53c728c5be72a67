"""One line on how a cue came about, for the chunks of its sound files. It depends on the cue and the program alone."""

from __future__ import annotations

from importlib import metadata

from hitpoint.core.cue.cue import Cue
from hitpoint.core.files.digests import sha256_of
from hitpoint.core.render.choice import default_soundfont
from hitpoint.core.render.provenance.person import in_words

_SHORT = 12  # hexadecimal digits that tell files apart well enough


def summary(cue: Cue) -> str:
    """Version, seed, weights, font, and what a person did, in ASCII without commas; "-" for what cannot be read."""
    font = cue.sound.soundfont or default_soundfont()
    weights = " ".join(digest[:_SHORT] for digest in cue.weights) or "not recorded"
    words = [
        f"Hitpoint {metadata.version('hitpoint')}",
        f"seed {cue.seed}",
        f"weights {weights}",
        f"font {(sha256_of(font) or '-')[:_SHORT]}",
        in_words(cue),
    ]
    return "; ".join(word for word in words if word)
