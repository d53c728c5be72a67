"""A copy of OpenTimelineIO's adapter for AAF that leaves out what reading an edit never looks at.

The adapter copies every property of every object into metadata, for a clip three times over, and asks each clip for its
kind and its media again and again; on long edits that is most of its time. Shots, markers and media come out the same.
What is written back takes the adapter as it is, and so keeps the metadata.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from struct import Struct
from types import ModuleType
from typing import Any

import aaf2
import opentimelineio as otio

from hitpoint.bridge.sources.aaf import Facts, facts_in

# names in the adapter's module that are replaced or asked here; without one of them the adapter is used as it is
_NEEDED = (
    "_encoded_name",
    "_get_class_name",
    "_get_mobs_for_transcription",
    "_transcribe",
    "_transcribe_aaf_object_properties",
    "_transcribe_media_kind",
    "_transcribe_property",
    "_MOB_TIMELINE_CACHE",
)
# of these the adapter asks only what it asks of the object itself: length, kind, name, start
_NOTHING_TOLD = frozenset(
    {"SourceClip", "Filler", "Sequence", "NestedScope", "ScopeReference", "SourceMob", "Timecode"}
)
_OF_A_MOB = frozenset({"UserComments"})
_OF_A_SLOT = frozenset({"SlotID", "PhysicalTrackNumber"})
# numbers of a source clip's properties: what it shows of which mob, of which kind; from where on, and how much
_SHOWN = (0x1101, 0x1102, 0x0201)
_START, _LENGTH = 0x1201, 0x0202
_POSITION = Struct("<q")
_SourceClip = aaf2.components.SourceClip


def read_lean(path: Path) -> tuple[otio.schema.Timeline, Facts | None]:
    """The timeline of an AAF as the adapter reads it, with no more metadata than the adapter itself looks at.

    Its facts (:mod:`.aaf`) are read while the file is open; None where they cannot be.

    Raises:
        Exception: of any kind, as the adapter does.
    """
    adapter: Any = _lean_adapter()
    adapter.hitpoint_facts, adapter.hitpoint_clips = None, {}
    try:
        return adapter.read_from_file(str(path)), adapter.hitpoint_facts
    finally:
        adapter.hitpoint_clips = {}  # of this file alone


@cache
def _lean_adapter() -> ModuleType:
    """The adapter's module loaded once more, so that the one which others use stays as it is."""
    plugin = otio.adapters.from_name("AAF")
    spec = spec_from_file_location("hitpoint_lean_aaf", plugin.module_abs_path())
    if spec is None or spec.loader is None:
        return plugin.module()  # type: ignore[no-any-return]
    module: Any = module_from_spec(spec)
    spec.loader.exec_module(module)
    if all(hasattr(module, each) for each in _NEEDED):
        whole, mobs_of = module._transcribe, module._get_mobs_for_transcription

        def mobs(storage: Any) -> Any:
            """The file's objects, as the adapter finds them; their facts are looked up first."""
            with suppress(Exception):  # a damaged file raises whatever it likes
                module.hitpoint_facts = facts_in(storage)
            return mobs_of(storage)

        def transcribed(item: Any, parents: list[Any], edit_rate: float | None, indent: int = 0) -> Any:
            """The adapter's transcription; of a clip of a master object only what is read later."""
            shown = _clip_of_master(module, item, parents, edit_rate) if type(item) is _SourceClip else None
            return whole(item, parents, edit_rate, indent) if shown is None else shown

        module._transcribe, module._get_mobs_for_transcription = transcribed, mobs
        module._transcribe_aaf_object_properties = lambda item: _properties(module, item)
        module._encoded_name = lambda item: b""  # only its log has these
    return module  # type: ignore[no-any-return]


def _clip_of_master(adapter: Any, item: Any, parents: list[Any], edit_rate: float | None) -> Any:
    """The adapter's track for a clip that shows a track of a master; None for any other clip.

    In a sequence a track of a single clip becomes that clip, as the adapter makes it in the end.
    """
    if edit_rate is None:
        return None
    facts = item.property_entries
    if not all(number in facts for number in (*_SHOWN, _START, _LENGTH)):
        return None
    key = (edit_rate, *(facts[number].data for number in _SHOWN))
    if key not in adapter.hitpoint_clips:
        track = _shown_of_master(adapter, item, edit_rate)
        adapter.hitpoint_clips[key] = track, None if track is None else _only_clip(track)
    track, clip = adapter.hitpoint_clips[key]
    if track is None:
        return None
    rational = otio.opentime.RationalTime
    start, length = (rational(_POSITION.unpack(facts[number].data)[0], edit_rate) for number in (_START, _LENGTH))
    if clip is not None and parents and isinstance(parents[-1], aaf2.components.Sequence):
        shown, start = clip.clone(), clip.source_range.start_time + start
    else:
        shown = track.clone()
    shown.source_range = otio.opentime.TimeRange(start, length)
    return shown


def _only_clip(track: Any) -> Any:
    """The clip that a track consists of, with its range; None if there is more to the track than that."""
    if len(track) != 1 or track.effects or track.markers or not isinstance(track[0], otio.schema.Clip):
        return None
    clip = track[0].clone()
    try:
        clip.source_range = clip.trimmed_range()
    except otio.exceptions.CannotComputeAvailableRangeError:
        return None
    clip.enabled = clip.enabled and track.enabled
    return clip


def _shown_of_master(adapter: Any, item: Any, edit_rate: float) -> Any:
    """The track of a master that a clip shows, whole, called and of a kind as the clip is; None for any other clip."""
    mob = item.mob
    if not isinstance(mob, aaf2.mobs.MasterMob):
        return None
    timeline = adapter._MOB_TIMELINE_CACHE.get(mob.mob_id) or adapter._transcribe(mob, [], edit_rate)
    slot_id = item.slot_id
    for shown in timeline.tracks:
        if shown.metadata.get("AAF", {}).get("SlotID") == slot_id:
            track = shown.clone()
            track.name = track.name or mob.name or "Untitled SourceClip"
            track.kind = adapter._transcribe_media_kind(item.media_kind)
            return track
    return None


def _properties(adapter: Any, item: Any) -> dict[str, Any]:
    """The adapter's metadata of an object, as far as it is looked at."""
    name = adapter._get_class_name(item)
    found: dict[str, Any] = {"ClassName": name}
    wanted = _looked_at(adapter, item, name)
    if wanted is not None and not wanted:
        return found
    for each in item.properties():
        if hasattr(each, "name") and (wanted is None or each.name in wanted) and hasattr(each, "value"):
            found[str(each.name)] = adapter._transcribe_property(each.value, owner=item)
    return found


def _looked_at(adapter: Any, item: Any, name: str) -> frozenset[str] | None:
    """The names of the properties that are looked at; None for all."""
    if isinstance(item, aaf2.mobs.Mob):
        is_known = name in _NOTHING_TOLD or item.mob_id in adapter._MOB_TIMELINE_CACHE
        return frozenset() if is_known else _OF_A_MOB
    if isinstance(item, aaf2.mobslots.MobSlot):
        return _OF_A_SLOT
    return frozenset() if name in _NOTHING_TOLD else None
