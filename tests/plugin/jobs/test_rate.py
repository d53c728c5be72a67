"""Edits that do not tell their frame rate, through every command that reads one."""

from __future__ import annotations

import json

import pytest

from hitpoint.core.progress import SILENT
from hitpoint.core.timebase import FrameRate
from hitpoint.plugin import cli
from hitpoint.plugin.panel.ports import panel_ports

LIST = """TITLE: cut
FCM: NON-DROP FRAME
001  AX       V     C        00:00:10:00 00:00:14:12 01:00:00:00 01:00:04:12
* FROM CLIP NAME: a.mov
002  AX       V     C        00:00:00:00 00:00:0{end}:10 01:00:04:12 01:00:0{end}:22
* FROM CLIP NAME: b.mov
"""


@pytest.fixture
def edl(tmp_path):
    path = tmp_path / "cut.edl"
    path.write_text(LIST.format(end=9))
    return path


@pytest.mark.parametrize(("words", "rate"), [((), "24"), (("--rate", "25"), "25"), (("--rate", "29.97"), "30000/1001")])
def test_inspect_reads_a_list_at_the_rate_given(edl, capsys, words, rate):
    assert cli.main(["inspect", str(edl), "--json", *words]) == 0
    assert json.loads(capsys.readouterr().out)["rate"] == rate


def test_a_rate_at_which_the_list_makes_no_sense_is_refused(edl, capsys):
    assert cli.main(["inspect", str(edl), "--rate", "20"]) == cli.EXIT_ERROR
    assert "does not exist at 20 frames a second" in capsys.readouterr().err


def test_a_rate_that_is_not_needed_is_said(otio_file, capsys):
    assert cli.main(["inspect", str(otio_file), "--rate", "50"]) == 0
    assert "was not used" in capsys.readouterr().err


@pytest.fixture
def otio_file(tmp_path, small_document):
    path = tmp_path / "cut.otio"
    path.write_text(json.dumps(small_document))
    return path


@pytest.mark.parametrize("command", ["score", "inspect", "conform", "watch", "panel"])
def test_each_command_knows_the_option(command):
    words = [command, "a.otio", "b.edl"] if command == "conform" else [command, "a.edl"]
    options = cli.build_parser().parse_args([*words, "--rate", "23.976"])
    assert str(options.rate) == "24000/1001"


def test_the_panel_reads_a_list_at_the_rate_given(edl):
    opened = panel_ports((), FrameRate.from_float(25.0)).source.open(edl, SILENT)
    assert str(opened.edit.rate) == "25"


@pytest.mark.slow
def test_a_list_is_scored_and_conformed_at_one_rate(edl, capsys):
    scored, again = edl.with_name("scored.otio"), edl.with_name("again.otio")
    assert cli.main(["score", str(edl), "--rate", "25", "-o", str(scored), "--quiet", "--no-cache"]) == 0
    edl.write_text(LIST.format(end=8))
    assert cli.main(["conform", str(scored), str(edl), "-o", str(again), "--quiet", "--no-cache"]) == 0
    capsys.readouterr()
    assert cli.main(["inspect", str(again), "--json"]) == 0
    read = json.loads(capsys.readouterr().out)
    assert (read["rate"], read["frames"], read["cuts"]) == ("25", 8 * 25 + 22, [4.48])
