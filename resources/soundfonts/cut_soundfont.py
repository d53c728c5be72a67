"""Cuts the presets Hitpoint plays out of two large sound fonts and stores them as SF3 (Ogg Vorbis samples).

How the font in this folder was made, on Debian 12::

    apt-get install fluid-soundfont-gm musescore-general-soundfont
    python resources/soundfonts/cut_soundfont.py /usr/share/sounds/sf3/MuseScore_General.sf3 \
        /usr/share/sounds/sf2/FluidR3_GM.sf2 resources/soundfonts/hitpoint.sf3
    python resources/soundfonts/measure_font.py resources/soundfonts/hitpoint.sf3

Both sources are under the MIT licence: see NOTICE. What is taken and what is done to it stands in ``recipe.py``. The
encoder is the one that ``soundfile`` brings, so another version of it makes other bytes of the same sound.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from brightness import brightened, swelling
from flat_zones import Recording, Source
from font_writer import FontWriter
from recipe import presets
from treatment import treated

from hitpoint.core.render.sampler.soundfont import SoundFont

_NAME = "Hitpoint, cut from MuseScore General and FluidR3 GM"
_RIGHTS = "(c) 2018-2021 S. Christian Collins, (c) 2000-2013 Frank Wen and others. MIT licence, see NOTICE"


def cut(musescore: Path, fluid: Path) -> FontWriter:
    """The font of the recipe, ready to be written."""
    sources = {"musescore": Source(SoundFont(musescore)), "fluid": Source(SoundFont(fluid))}
    writer, made = FontWriter(), dict[object, Recording]()
    for preset in presets():
        found = treated(sources[preset.source].zones(*preset.origin, is_cut=bool(preset.gap)), preset, made)
        zones = [swelling(brightened(zone, preset.bright), preset.swell) for zone in found]
        before = writer.bytes
        writer.add(preset.name, preset.bank, preset.program, zones, preset.compression)
        print(f"{preset.bank:3} {preset.program:3} {preset.name:20} {len(zones):3} zones, "
              f"{(writer.bytes - before) / 1e6:5.2f} MB new")  # fmt: skip
    return writer


def main() -> None:
    """Cut the fonts named first and write the one named last."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("musescore", type=Path)
    parser.add_argument("fluid", type=Path)
    parser.add_argument("target", type=Path)
    options = parser.parse_args()
    writer = cut(options.musescore, options.fluid)
    data = writer.written(_NAME, _RIGHTS)
    options.target.write_bytes(data)
    print(f"{options.target}: {len(data) / 1e6:.2f} MB, {len(presets())} presets, {writer.seconds:.0f} s")


if __name__ == "__main__":
    main()
