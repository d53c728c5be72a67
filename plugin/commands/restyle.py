"""``hitpoint restyle SCORED.otio --strength S``: the same cue, otherwise."""

from __future__ import annotations

import argparse

from hitpoint.core.errors import OptionError, printable
from hitpoint.core.words.prompts import prompt_report
from hitpoint.plugin.commands.score import engine_of, tell
from hitpoint.plugin.console import counted, progress_bar
from hitpoint.plugin.jobs.variants.restyle import Restyled, RestyleJob, restyle_edit
from hitpoint.plugin.jobs.variants.through import ThroughJob, mix_through
from hitpoint.plugin.report import check_report, report_document, write_report
from hitpoint.plugin.style_options import curve_of


def run(options: argparse.Namespace) -> None:
    """Change the cue, and say what changed, what stayed and where the versions lie."""
    if options.through is not None:
        _take_through(options)
        return
    check_report(options.report)
    job = RestyleJob(
        scored=options.edit,
        strength=options.strength,
        output=options.output,
        media_folders=tuple(options.media),
        span=tuple(options.range) if options.range else None,
        style=options.style,
        prompt=options.prompt,
        part=options.part,
        stretches=tuple(getattr(options, "style_stretches", ())),
        morphs=tuple(options.morph),
        curve=curve_of(options),
        variations=options.variations,
        seed=options.seed,
        section_markers=options.markers,
        engine=engine_of(options),
        cue=options.cue,
    )
    with progress_bar(quiet=options.quiet) as progress:
        versions = restyle_edit(job, progress)
    if options.report is not None:  # before anybody can stop reading
        document = report_document(versions[0].scored)
        if versions[0].left and versions[0].scored.cue.prompts:
            document["cue"]["prompt"] = prompt_report(versions[0].scored.cue, versions[0].left)
        document["restyle"] = [_document(version) for version in versions]
        write_report(document, options.report)
    for version in versions:
        tell(version.scored, quiet=options.quiet, left=version.left)
        if not options.quiet:
            _tell_changes(version)


def _take_through(options: argparse.Namespace) -> None:
    """The mix through an audio model: notes stay, so that nothing else can be asked for."""
    given = (
        ("-o", options.output),
        ("--style", options.style or getattr(options, "style_stretches", ())),
        ("--morph", options.morph), ("--curve", options.curve), ("--part", options.part),
        ("--variations", options.variations > 1), ("--report", options.report),
    )  # fmt: skip
    other = next((name for name, value in given if value), None)
    if other is not None:
        raise OptionError(f"--through leaves the notes as they are: {other} does not go with it")
    span = tuple(options.range) if options.range else None
    job = ThroughJob(
        options.edit, options.through, options.strength, options.prompt or "", options.seed, options.cue, span
    )
    with progress_bar(quiet=options.quiet) as progress:
        done = mix_through(job, progress)
    if not options.quiet:
        print(f"  through   {done.sound}")
        print(printable(f"  licence   of the weights: {done.licence}; see {done.provenance.name}"))


def _tell_changes(version: Restyled) -> None:
    places = ", ".join(f"{start:.2f}-{end:.2f}" for start, end in version.changed)
    print(f"  other     {version.bars} of {counted(version.of, 'bar')}{': ' + places + ' s' if places else ''}")
    print(f"  stayed    {counted(version.of - version.bars, 'bar')}, the plan, tempo, keys, hits and locked chords")
    for line in version.told:
        print(printable(f"  {line}"))
    for sound in version.scored.kept_sounds:
        print(f"  {sound.line()}")


def _document(version: Restyled) -> dict[str, object]:
    """A version as the report tells it."""
    return {
        "timeline": str(version.scored.timeline),
        "mix": str(version.scored.outputs.mix),
        "cue": str(version.scored.outputs.cue),
        "bars_changed": version.bars,
        "bars": version.of,
        "changed": [{"start": start, "end": end} for start, end in version.changed],
        "told": list(version.told),
    }
