"""How long an edit of many clips takes to read, beside what the format's own library takes to read the same file.

Run: ``python tests/benchmarks/bench_reading.py [--clips 10000] [--json FILE]``. Half the clips lie on one video track,
    half on
another above it, so that it has to be worked out what is seen; a Kdenlive project is read beside its XML tree alone. An
AAF (where ``hitpoint[formats]`` is installed; one track) is read beside OpenTimelineIO's adapter alone.
"""

from __future__ import annotations

import argparse
import tempfile
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

import opentimelineio as otio
from benchmark import Row, show, spent_by

from hitpoint.bridge.reading.timeline_reader import read_edit

RATE = 25
_CLIP_FRAMES, _STEP = 40, 50  # of every clip, and from one to the next: the gaps show what lies below


def timeline(clips: int) -> otio.schema.Timeline:
    """Two tracks of clips, each half a step beside the other, whose media are missing."""
    found = otio.schema.Timeline("many")
    for track in range(2):
        lane = otio.schema.Track(f"V{track + 1}", kind=otio.schema.TrackKind.Video)
        for number in range(clips // 2):
            lane.append(otio.schema.Gap(source_range=_span(0, _STEP - _CLIP_FRAMES if number or track else _STEP)))
            reference = otio.schema.ExternalReference(target_url=f"/lost/{number % 97}.mov")
            lane.append(otio.schema.Clip(f"{track}.{number}", reference, _span(10 * number, _CLIP_FRAMES)))
        found.tracks.append(lane)
    return found


def _span(start: int, frames: int) -> otio.opentime.TimeRange:
    return otio.opentime.TimeRange(otio.opentime.RationalTime(start, RATE), otio.opentime.RationalTime(frames, RATE))


def kdenlive_project(clips: int) -> str:
    """A project of one playlist of clips, as Kdenlive's second generation writes it, as far as reading goes."""
    hold = "".join(
        f'<producer id="producer{number}" in="0" out="9999"><property name="resource">/lost/{number}.mov</property>'
        f'<property name="kdenlive:id">{number + 2}</property></producer>'
        for number in range(97)
    )
    entries = "".join(
        f'<entry producer="producer{number % 97}" in="{number % 900}" out="{number % 900 + _CLIP_FRAMES - 1}"/>'
        for number in range(clips)
    )
    length = clips * _CLIP_FRAMES
    return (
        '<?xml version="1.0" encoding="utf-8"?><mlt LC_NUMERIC="C" version="7.22.0" root="/lost" producer="main_bin">'
        f'<profile frame_rate_num="{RATE}" frame_rate_den="1" width="1920" height="1080"/>{hold}'
        '<playlist id="main_bin"><property name="kdenlive:docproperties.version">1.1</property></playlist>'
        f'<producer id="black_track" in="0" out="{length - 1}"><property name="resource">black</property></producer>'
        f'<playlist id="playlist0">{entries}</playlist><playlist id="playlist1"/>'
        '<tractor id="tractor0"><track producer="playlist0"/><track producer="playlist1"/></tractor>'
        f'<tractor id="tractor1" in="0" out="{length - 1}"><track producer="black_track"/><track producer="tractor0"/>'
        "</tractor></mlt>"
    )


def write_aaf(path: Path, clips: int) -> None:
    """An AAF of one track of clips from 97 media, with a timecode that starts at one hour."""
    import aaf2

    with aaf2.open(str(path), "w") as file:
        shown = []
        for number in range(97):
            master, tape = file.create.MasterMob(f"shot{number}"), file.create.SourceMob(f"tape{number}")
            file.content.mobs.extend([master, tape])
            tape.descriptor = file.create.ImportDescriptor()
            reel, slot = tape.create_timeline_slot(str(RATE)), master.create_timeline_slot(str(RATE))
            reel.segment = file.create.Filler("picture", 10_000)
            slot.segment = tape.create_source_clip(reel.slot_id, start=0, length=10_000, media_kind="picture")
            shown.append((master, slot.slot_id))
        composition = file.create.CompositionMob("many")
        composition.usage = "Usage_TopLevel"
        file.content.mobs.append(composition)
        code, track = composition.create_timeline_slot(str(RATE)), composition.create_timeline_slot(str(RATE))
        code.segment = file.create.Timecode(RATE, False)
        code.segment.start, code.segment.length = 3600 * RATE, clips * _CLIP_FRAMES
        code["PhysicalTrackNumber"].value = 1
        track.segment = file.create.Sequence(media_kind="picture")
        for number in range(clips):
            master, slot_id = shown[number % 97]
            clip = master.create_source_clip(slot_id, start=number % 900, length=_CLIP_FRAMES, media_kind="picture")
            track.segment.components.append(clip)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clips", type=int, default=10_000)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        edit, project = Path(folder) / "many.otio", Path(folder) / "many.kdenlive"
        otio.adapters.write_to_file(timeline(options.clips), str(edit))
        project.write_text(kdenlive_project(options.clips), encoding="utf-8")
        others = {
            edit: ("opentimelineio alone", lambda: otio.adapters.read_from_file(str(edit))),
            project: ("its XML tree alone", lambda: ElementTree.parse(project)),
        }
        if find_spec("otio_aaf_adapter") is not None:
            composed = Path(folder) / "many.aaf"
            write_aaf(composed, options.clips)
            others[composed] = ("its adapter alone", lambda: otio.adapters.read_from_file(str(composed)))
        read_edit(edit)
        for path, (name, other) in others.items():
            baseline = spent_by(other).seconds
            ours = spent_by(lambda path=path: read_edit(path))  # type: ignore[misc]
            shots = len(read_edit(path).shots)
            rows.append(Row(f"{path.suffix}: {shots} shots", ours.seconds, name, baseline, ours.cpu_seconds))
    show(f"Reading {options.clips} clips", rows, options.json)


if __name__ == "__main__":
    main()
