"""The words of each command: its options, as argparse wants them.

Nothing slow is imported here, so ``--help`` is quick.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TypeAlias

from hitpoint.core.cue.form.form_plan import Ending
from hitpoint.core.cue.sound import DEEPEST_DUCK, FEEL, LONGEST_FADE
from hitpoint.core.mood import MOODS
from hitpoint.plugin.option_types import (
    LONGEST_TAIL,
    MOST_HITS,
    MOST_PRIORITY,
    MOST_TAKES,
    LoudnessAction,
    Number,
    WholeNumber,
    font_option,
    hit_option,
    key_option,
    metre_option,
    mood_option,
    rate_option,
    tempo_option,
)
from hitpoint.plugin.recording_options import add_followed, add_recordings
from hitpoint.plugin.search_option import add_search
from hitpoint.plugin.style_options import add_styles

TAKES_HELP = f"compose N, at most {MOST_TAKES}, and write the best"

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # argparse has no public name for it


def add_score(commands: Commands) -> None:
    """``score``: the main job."""
    score = commands.add_parser(
        "score",
        help="read an edit, compose, and write a copy of it with the music on a new track",
        description="EDIT is an .otio, a Kdenlive project, FCP7 XML, FCPXML, an EDL, a movie, or what an installed "
        "adapter reads. "
        "Times are seconds from the start of the timeline, or timecode.",
        allow_abbrev=False,
    )
    score.add_argument("edit", type=Path, metavar="EDIT", help="the edit")
    score.add_argument("-o", "--output", type=Path, metavar="OUT.otio", help="where the scored edit goes")
    _add_wishes(score)
    _add_theme(score)
    score.add_argument("--range", nargs=2, metavar=("A", "B"), help="score only from A to B")
    _add_cues(score)
    _add_sound(score)
    _add_delivery(score)


def _add_wishes(parser: argparse.ArgumentParser) -> None:
    moods = " ".join(mood.value for mood in MOODS)
    parser.add_argument(
        "--seed", type=WholeNumber(0), default=0, metavar="N", help="another seed, another cue (default 0)"
    )
    parser.add_argument("--key", type=key_option, metavar="KEY", help='"A minor", "Eb" ... or auto (default)')
    parser.add_argument("--tempo", type=tempo_option, metavar="BPM", help="quarter notes a minute, or auto (default)")
    parser.add_argument(
        "--mood",
        type=mood_option,
        action="append",
        default=[],
        metavar="[A-B=]MOOD",
        help=f"{moods}, or VALENCE,AROUSAL from -1 to 1; find:WORDS=MOOD for what looks like words; may be repeated",
    )
    parser.add_argument(
        "--mood-strength",
        type=Number(0, 2),
        default=1.0,
        metavar="S",
        help="0 ignores moods, 2 puts them first (default 1)",
    )
    parser.add_argument(
        "--changes", type=Number(0.1, 1), metavar="RATE", help="wished chord changes a half bar (about 0.45 by itself)"
    )
    add_styles(parser)
    _add_hits(parser)
    parser.add_argument(
        "--prompt", action="append", default=[], metavar="[A-B=]TEXT",
        help='the music in words, "dark, brooding strings, slow build, ends in hope"; may be repeated',
    )  # fmt: skip
    _add_form(parser)
    add_recordings(parser)
    parser.add_argument("--takes", type=WholeNumber(1, MOST_TAKES), default=1, metavar="N", help=TAKES_HELP)
    add_search(parser)


def _add_cues(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--cue", action="append", default=[], metavar="NAME=A-B[,style=...][,mood=...]",
        help="one of several cues with wishes of its own: style, mood, key, tempo, prompt, theme (a name that cues "
        "share), join (to the next cue: cut, ring, crossfade, segue), crossfade (its seconds); may be repeated",
    )  # fmt: skip
    parser.add_argument(
        "--cues", type=Path, metavar="FILE.toml", help="the cues in a file, as 'hitpoint spot -o' writes it"
    )
    parser.add_argument(
        "--replace", action="append", default=[], metavar="NAME", help="let this cue of EDIT give way; may be repeated"
    )


def _add_cue(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--cue", metavar="NAME", help="that cue alone, of an edit that has several")


def _add_theme(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--theme", type=Path, metavar="FILE.mid", help="your own theme, one voice of at most eight bars, for the melody"
    )


def _add_hits(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--hit", type=hit_option, action="append", default=[], metavar="TIME[=PRIORITY]",
        help=f"a moment to meet (priority 0 to {MOST_PRIORITY:g}, default 3; a cut has 1, a marker 3), or with =0 one "
        "to let pass; find:WORDS for what looks like words; may be repeated",
    )  # fmt: skip


def _add_form(parser: argparse.ArgumentParser) -> None:
    """Hits, metre and ending."""
    parser.add_argument(
        "--hits-per-minute", type=Number(0, MOST_HITS), default=3.0, metavar="N",
        help="cuts that are met in full in a minute, the greatest (default 3); markers and --hit always are",
    )  # fmt: skip
    parser.add_argument("--metre", type=metre_option, metavar="M", help="4/4, 3/4, 6/8, or auto (default)")
    endings = [ending.value for ending in Ending]
    parser.add_argument(
        "--ending", choices=endings, help="ring out, one last stroke, or fade (default: as the style has it)"
    )
    parser.add_argument(
        "--tail", type=Number(0, LONGEST_TAIL), default=0.0, metavar="S",
        help="seconds that the last chord rings on after the end; files and clip are that much longer (default 0)",
    )  # fmt: skip


def _add_sound(parser: argparse.ArgumentParser) -> None:
    """The options of the sound files; the cue keeps them, so that ``render`` needs none."""
    parser.add_argument(
        "--loudness", action=LoudnessAction, default=-16.0, metavar="LUFS|cue|programme",
        help="integrated loudness of the mix, -23, -14 ... (default -16), its true peak below -1 dBTP; and of what: "
        "each cue "
        "(default), or all cues of the command together",
    )  # fmt: skip
    parser.set_defaults(loudness_by="cue")
    parser.add_argument(
        "--fade-in", type=Number(0, LONGEST_FADE), default=0.003, metavar="S", help="seconds (default 0.003)"
    )
    parser.add_argument(
        "--fade-out", type=Number(0, LONGEST_FADE), default=0.040, metavar="S", help="seconds (default 0.04)"
    )
    _add_parts(parser)
    parser.add_argument("--bext", action="store_true", help="Broadcast Wave files that tell their place in timecode")
    parser.add_argument(
        "--duck", type=Number(0, DEEPEST_DUCK), default=0.0, metavar="DB",
        help="write a second mix that is so much lower where somebody speaks, and its curve into cue.json",
    )  # fmt: skip
    parser.add_argument(
        "--deliver", choices=("ducked", "mix"),
        help="with --duck, which of the two mixes the timeline plays (default: the one that gives way under speech)",
    )  # fmt: skip


def _add_parts(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--part", action="append", default=[], metavar="NAME=…",
        help="NAME=off, NAME=on, NAME=plain, or another instrument, octave, level: "
        "\"Melody=instrument:oboe,octave:+1,level:-3\"; "
        "may be repeated",
    )  # fmt: skip


def _add_parts_anew(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--part", action="append", default=[], metavar="NAME[=…]",
        help="NAME alone plays one part anew and nothing else (chords stay): Melody, Bass ...; NAME=off, NAME=on, "
        "NAME=instrument:oboe,octave:+1,level:-3 set it; may be repeated; other stems keep their notes, their level "
        "may move with "
        "the compressor they share",
    )  # fmt: skip


def _add_engine(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--features", choices=("picture", "clip"), default="picture", help="how the picture is read")
    parser.add_argument(
        "--weights", choices=("open", "muvi"),
        help="the chord model: open learnt from Billboard (CC0) and POP909 (MIT) alone, muvi from MuVi-Sync too "
        "(default: muvi, or what wrote the cue)",
    )  # fmt: skip
    parser.add_argument("--checkpoint", type=Path, metavar="FILE", help="other weights for the chord model")
    parser.add_argument("--regressor", type=Path, metavar="FILE", help="other weights for density and loudness")
    parser.add_argument("--synth", choices=("auto", "sampler", "fluidsynth"), default="auto", help="what plays it")
    parser.add_argument(
        "--soundfont", type=font_option, action="append", default=[], metavar="[PART=]FILE",
        help="another .sf2 or .sf3, for all parts or for one; may be repeated",
    )  # fmt: skip
    parser.add_argument(
        "--instruments", type=Path, metavar="FILE.toml", help="which VST3 or AU plugin plays which part (hitpoint[vst])"
    )
    parser.add_argument(
        "--feel", type=Number(0, 1), metavar="X",
        help=f"how freely the hands play, 0 (the grid) .. 1; hits stay on their frames (default: {FEEL}, or the cue's)",
    )  # fmt: skip
    parser.add_argument("--no-cache", action="store_true", help="analyse the picture anew")


def add_demo(commands: Commands) -> None:
    """``demo``: where a newcomer starts."""
    demo = commands.add_parser(
        "demo", help="make a small edit with moving pictures and score it: start here", allow_abbrev=False
    )
    demo.add_argument("folder", type=Path, metavar="DIR", help="made if it is not there")
    demo.add_argument("--seed", type=WholeNumber(0), default=0, metavar="N", help="another seed, another cue")
    demo.add_argument("--report", type=Path, metavar="FILE", help="write what was done as JSON")
    demo.add_argument("--quiet", action="store_true", help="no progress")


def add_reroll(commands: Commands) -> None:
    """``reroll``: again, in part."""
    reroll = commands.add_parser(
        "reroll",
        help="compose again inside a range; everything outside and every locked chord stays",
        description="SCORED is an edit that 'hitpoint score' has written. Times are seconds from the start of the "
        "timeline, or timecode; CHORD is a symbol in the key that sounds, such as F, A:min7, Am7 or N.",
        allow_abbrev=False,
    )
    reroll.add_argument("edit", type=Path, metavar="SCORED", help="the scored edit, its .music folder beside it")
    reroll.add_argument("-o", "--output", type=Path, metavar="OUT.otio", help="where the new version goes")
    reroll.add_argument("--range", nargs=2, metavar=("A", "B"), help="compose only from A to B (default: everything)")
    reroll.add_argument(
        "--lock", action="append", default=[], metavar="A-B[=CHORD]",
        help="from A to B this chord and no other; without CHORD those that are there; may be repeated",
    )  # fmt: skip
    reroll.add_argument("--unlock", action="append", default=[], metavar="A-B", help="free these; may be repeated")
    reroll.add_argument("--seed", type=WholeNumber(0), metavar="N", help="of the new chords (default: the next one)")
    reroll.add_argument("--takes", type=WholeNumber(1, MOST_TAKES), default=1, metavar="N", help=TAKES_HELP)
    add_search(reroll)
    reroll.add_argument(
        "--take", type=WholeNumber(1), metavar="N",
        help="go on from the N-th take of SCORED; without --range it is written as it is, with its locks",
    )  # fmt: skip
    _add_cue(reroll)
    _add_parts_anew(reroll)
    _add_theme(reroll)
    add_followed(reroll)
    _add_delivery(reroll)


def add_conform(commands: Commands) -> None:
    """``conform``: the cut changed."""
    conform = commands.add_parser(
        "conform",
        help="the cut changed: carry the cue over, re-fit what moved, compose only what is new",
        description="SCORED is an edit that 'hitpoint score' has written, or its cue.json; NEW_EDIT is the cut as it "
        "is "
        "now. What became of every shot, lock and hit is told. Times are those of NEW_EDIT.",
        allow_abbrev=False,
    )
    conform.add_argument("scored", type=Path, metavar="SCORED", help="the scored edit, its .music folder beside it")
    conform.add_argument("edit", type=Path, metavar="NEW_EDIT", help="the new cut")
    conform.add_argument("-o", "--output", type=Path, metavar="OUT.otio", help="where the new version goes")
    conform.add_argument("--seed", type=WholeNumber(0), metavar="N", help="of the new chords (default: the next one)")
    _add_hits(conform)
    _add_cue(conform)
    _add_delivery(conform)


def add_watch(commands: Commands) -> None:
    """``watch``: conform whenever the file changes."""
    watch = commands.add_parser(
        "watch",
        help="conform whenever the edit on disk changes, for work beside the host",
        description="Scores EDIT if it has no music yet, then reads it again whenever its file changes, and carries "
        "the "
        "cue over; each time a new version is written. Ctrl-C ends it.",
        allow_abbrev=False,
    )
    watch.add_argument("edit", type=Path, metavar="EDIT", help="the edit that the host writes")
    watch.add_argument("-o", "--output", type=Path, metavar="OUT.otio", help="where the scored edits go, counted up")
    watch.add_argument("--once", action="store_true", help="do what is to be done now, and end")
    watch.add_argument("--every", type=Number(0.1, 3600), default=1.0, metavar="S", help="look every S seconds (1)")
    _add_wishes(watch)
    _add_theme(watch)
    watch.add_argument("--range", nargs=2, metavar=("A", "B"), help="score only from A to B")
    _add_cues(watch)
    _add_sound(watch)
    _add_delivery(watch)


def _add_delivery(parser: argparse.ArgumentParser) -> None:
    """The options of every command that writes music."""
    parser.add_argument(
        "--media", type=Path, action="append", default=[], metavar="DIR", help="look here for media that moved"
    )
    _add_rate(parser)
    parser.add_argument("--markers", action="store_true", help="also write the sections as markers")
    _add_engine(parser)
    parser.add_argument("--report", type=Path, metavar="FILE", help="write what was done as JSON")
    parser.add_argument("--quiet", action="store_true", help="no progress, no summary")


def _add_rate(parser: argparse.ArgumentParser) -> None:
    """For edits that do not tell theirs."""
    parser.add_argument(
        "--rate",
        type=rate_option,
        metavar="FPS",
        help="frames a second of an edit that does not tell them, such as an EDL: 25, 23.976, 30000/1001",
    )


def add_render(commands: Commands) -> None:
    """``render``: a cue that is there."""
    render = commands.add_parser(
        "render", help="play a stored cue into sound and MIDI again, byte for byte", allow_abbrev=False
    )
    render.add_argument(
        "cue", type=Path, metavar="CUE", help="a scored edit, or the cue.json of its .music folder or a take"
    )
    render.add_argument("--cue", dest="cue_name", metavar="NAME", help="that cue, of an edit that has several")
    render.add_argument("-o", "--output", type=Path, metavar="DIR", help="made if it is not there")
    render.add_argument("--feel", type=Number(0, 1), metavar="X", help="of the hands, 0 .. 1 (default: the cue's)")
    render.add_argument("--quiet", action="store_true", help="no progress, no summary")


def add_inspect(commands: Commands) -> None:
    """``inspect``: what was read."""
    inspect = commands.add_parser("inspect", help="what is read from an edit; composes nothing", allow_abbrev=False)
    inspect.add_argument("edit", type=Path, metavar="EDIT", help="the edit")
    inspect.add_argument(
        "--media", type=Path, action="append", default=[], metavar="DIR", help="look here for media that moved"
    )
    _add_rate(inspect)
    inspect.add_argument("--json", action="store_true", help="as JSON")


def add_panel(commands: Commands) -> None:
    """``panel``: the window."""
    panel = commands.add_parser(
        "panel",
        help="the window for all of this",
        description="EDIT is anything that 'hitpoint score' reads, an edit it has scored, or a cue.json; without it "
        "the "
        "window offers what there is to open.",
        allow_abbrev=False,
    )
    panel.add_argument("edit", type=Path, nargs="?", metavar="EDIT", help="the edit")
    panel.add_argument(
        "--media", type=Path, action="append", default=[], metavar="DIR", help="look here for media that moved"
    )
    _add_rate(panel)


def add_install(commands: Commands) -> None:
    """``install``: the scripts that hosts run."""
    install = commands.add_parser(
        "install",
        help="put Hitpoint into the menus of DaVinci Resolve, or beside Kdenlive",
        description="Writes small scripts into this user's folders and nothing else; --uninstall takes them away.",
        allow_abbrev=False,
    )
    install.add_argument("host", choices=("resolve", "kdenlive"), help="for which program")
    install.add_argument("--folder", type=Path, metavar="DIR", help="where the program looks for scripts")
    install.add_argument("--work", type=Path, metavar="DIR", help="where edits are exported to and music is written")
    install.add_argument(
        "--edition", choices=("studio", "free", "auto"), default="auto",
        help="of DaVinci Resolve: free means 21.1 and later, where only Lua runs (default: scripts for both)",
    )  # fmt: skip
    install.add_argument("--uninstall", action="store_true", help="take away what was installed")
    install.add_argument("--dry-run", action="store_true", help="only say what would be written")


def add_style(commands: Commands) -> None:
    """``style``: an editor's own styles."""
    style = commands.add_parser("style", help="check a style of your own, or list all styles", allow_abbrev=False)
    actions = style.add_subparsers(dest="action", required=True, metavar="check|list")
    check = actions.add_parser("check", help="whether a file describes a style", allow_abbrev=False)
    check.add_argument("file", type=Path, metavar="FILE", help="a .toml; resources/docs/styles.md tells what is in it")
    actions.add_parser("list", help="all styles and their parts", allow_abbrev=False)


def add_doctor(commands: Commands) -> None:
    """``doctor``: what this machine has."""
    doctor = commands.add_parser("doctor", help="what this machine has", allow_abbrev=False)
    doctor.add_argument("--json", action="store_true", help="as JSON")


add_cue, add_delivery = _add_cue, _add_delivery  # for commands whose words stand in modules of their own
