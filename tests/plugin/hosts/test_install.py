import json
from dataclasses import replace
from pathlib import Path

import pytest

from hitpoint.core.cue.documents.cue_file import read_cue
from hitpoint.core.errors import EditWriteError, OptionError
from hitpoint.core.files.output import Outputs
from hitpoint.plugin import cli
from hitpoint.plugin.commands.machine import doctor, install
from hitpoint.plugin.hosts.kdenlive import exec_word, install_kdenlive, uninstall_kdenlive
from hitpoint.plugin.hosts.place_script import write_place_script
from hitpoint.plugin.hosts.placement import newest_placements, placement_of
from hitpoint.plugin.hosts.registry import installation, registry_file
from hitpoint.plugin.hosts.resolve_scripts import (
    PLACE_SCRIPT,
    Choice,
    install_resolve,
    is_current,
    planned_installation,
    uninstall_resolve,
)
from hitpoint.plugin.hosts.system import System, resolve_folders, work_folder

BLACKMAGIC = "Blackmagic Design/DaVinci Resolve"


@pytest.mark.parametrize(
    ("platform", "environment", "folders"),
    [
        ("linux", {}, ("/home/a/.local/share/DaVinciResolve/Fusion/Scripts", "/opt/resolve/Fusion/Scripts")),
        ("linux", {"XDG_DATA_HOME": "/x"}, ("/x/DaVinciResolve/Fusion/Scripts", "/opt/resolve/Fusion/Scripts")),
        (
            "darwin",
            {},
            tuple(f"{base}/Library/Application Support/{BLACKMAGIC}/Fusion/Scripts" for base in ("/home/a", "")),
        ),
        (
            "win32",
            {"APPDATA": "/roaming", "PROGRAMDATA": "/shared"},
            (f"/roaming/{BLACKMAGIC}/Support/Fusion/Scripts", f"/shared/{BLACKMAGIC}/Fusion/Scripts"),
        ),
    ],
    ids=["linux", "xdg", "mac", "windows"],
)
def test_script_folders_are_those_of_the_documentation(platform, environment, folders):
    system = System(platform, Path("/home/a"), environment, Path("/python"))
    assert resolve_folders(system) == tuple(map(Path, folders))


def names(paths):
    return sorted(path.name for path in paths)


@pytest.mark.parametrize(("edition", "suffixes"), [("studio", {".py"}), ("free", {".lua"}), ("auto", {".py", ".lua"})])
def test_an_edition_gets_the_scripts_it_can_run(system, edition, suffixes):
    installed = install_resolve(system, Choice(edition))
    assert {path.suffix for path in installed.files} == suffixes
    assert all(path.is_file() for path in installed.files)
    assert installed.work == work_folder(system) and installed.work.is_dir()


def test_a_plan_writes_nothing(system):
    planned = planned_installation(system, Choice())
    assert planned.files and not any(path.exists() for path in (*planned.files, planned.work, registry_file(system)))


def test_without_resolve_nothing_is_installed(system):
    with pytest.raises(OptionError, match="start it once, or tell"):
        install_resolve(replace(system, home=system.home / "other"), Choice())


def test_a_folder_may_be_told(system, tmp_path):
    folder = tmp_path / "scripts"
    with pytest.raises(OptionError, match="no folder"):
        install_resolve(system, Choice(folder=folder))
    folder.mkdir()
    installed = install_resolve(replace(system, home=tmp_path / "other"), Choice(folder=folder))
    assert {path.parent for path in installed.files} == {folder / "Utility"}


def test_installing_again_moves(system, tmp_path):
    (tmp_path / "new").mkdir()
    first = install_resolve(system, Choice())
    second = install_resolve(system, Choice("studio", folder=tmp_path / "new"))
    assert not any(path.exists() for path in first.files)
    assert all(path.is_file() for path in second.files)
    assert installation(system, "resolve") == second


def test_uninstalling_takes_ours_and_nothing_else(system):
    installed = install_resolve(system, Choice())
    place, foreign = (installed.files[0].with_name(name) for name in (PLACE_SCRIPT, "other.lua"))
    place.write_text("-- Hitpoint 0: written by score\n")
    foreign.write_text("-- mine\n")
    assert names(uninstall_resolve(system)) == names([*installed.files, place])
    assert names(foreign.parent.iterdir()) == ["other.lua"]
    assert uninstall_resolve(system) == ()


def test_a_script_of_someone_elses_is_not_overwritten(system):
    (path, *_) = planned_installation(system, Choice()).files
    path.parent.mkdir(parents=True)
    path.write_text("# mine\n")
    with pytest.raises(EditWriteError, match="not Hitpoint's"):
        install_resolve(system, Choice())
    assert path.read_text() == "# mine\n" and installation(system, "resolve") is None


def test_scripts_of_another_interpreter_are_not_current(system):
    installed = install_resolve(system, Choice())
    assert is_current(system, installed)
    assert not is_current(replace(system, python=Path("/other/python")), installed)
    installed.files[0].unlink()
    assert not is_current(system, installed)


@pytest.mark.parametrize("damage", ["", "[]", '{"schema": "x"}', '{"schema": "hitpoint.hosts.1", "resolve": 3}'])
def test_a_damaged_memory_is_no_memory(system, damage):
    install_resolve(system, Choice())
    registry_file(system).write_text(damage)
    assert installation(system, "resolve") is None
    install_resolve(system, Choice())
    assert installation(system, "resolve") is not None


def test_the_newest_music_is_told_by_numbers(installed, music_in_work):
    stems = [
        "A_x.cut2_hitpoint",
        "A_x.cut10_hitpoint_v2",
        "A_x.cut10_hitpoint_v10",
        "A_x.cut9_hitpoint_v11",
        "A_y.cut11_hitpoint",
    ]
    for stem in stems:
        music_in_work(stem)
    (placement,) = newest_placements(installed.work, "A_x")
    assert placement.name == "A_x.cut10_hitpoint_v10_mix.wav"
    assert (placement.first_frame, placement.frames, placement.rate) == (0, 188, "24000/1001")


def test_a_place_script_is_written_for_edits_in_the_work_folder_only(
    system, installed, scored, music_in_work, tmp_path
):
    outputs = Outputs(installed.work / "Film_Cut_hitpoint.otio")
    places = [placement_of(read_cue(scored.output("cue")), outputs.mix)]
    path = write_place_script(system, installed.work / "Film_Cut.otio", places, outputs.timeline)
    assert path is not None and path.name == PLACE_SCRIPT and '= "Film_Cut"' in path.read_text()
    assert write_place_script(system, tmp_path / "Film_Cut.otio", places, outputs.timeline) is None
    uninstall_resolve(system)
    assert write_place_script(system, installed.work / "Film_Cut.otio", places, outputs.timeline) is None


def test_kdenlive_gets_entries_on_linux_and_takes_them_back(system):
    installed = install_kdenlive(system)
    assert names(installed.files) == ["hitpoint.desktop", "hitpoint.desktop"]
    assert all(path.is_file() and path.stat().st_mode & 0o100 for path in installed.files)
    assert uninstall_kdenlive(system) == installed.files
    assert not any(path.exists() for path in installed.files)


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_elsewhere_there_is_nothing_to_install_for_kdenlive(system, platform):
    assert install_kdenlive(replace(system, platform=platform)).files == ()


def test_an_exec_word_is_quoted_and_escaped():
    assert exec_word('/a "b" $c/100%/py') == '"/a \\\\"b\\\\" \\\\$c/100%%/py"'


@pytest.fixture
def this_machine(monkeypatch, system):
    monkeypatch.setattr(install, "this_system", lambda: system)
    monkeypatch.setattr(doctor, "this_system", lambda: system)


def finding(name):
    return next(found for found in doctor.examine() if found.what == name)


def test_doctor_follows_an_installation(this_machine, capsys, system):
    assert "scripts not installed" in finding("DaVinci Resolve").detail
    assert cli.main(["install", "resolve"]) == 0
    assert finding("DaVinci Resolve").found
    installation(system, "resolve").files[0].write_text("# Hitpoint old\n")
    assert "again" in finding("DaVinci Resolve").detail
    assert cli.main(["install", "resolve", "--uninstall"]) == 0
    assert "removed" in capsys.readouterr().out


def test_doctor_follows_kdenlives_entries(this_machine, capsys):
    assert not finding("Kdenlive").found
    assert cli.main(["install", "kdenlive"]) == 0
    assert finding("Kdenlive").found
    assert "drag the ..._mix.wav" in capsys.readouterr().out


def test_a_dry_run_only_tells(this_machine, capsys, system):
    assert cli.main(["install", "resolve", "--dry-run"]) == 0
    assert cli.main(["install", "kdenlive", "--dry-run"]) == 0
    assert capsys.readouterr().out.count("would write") == 6
    assert not registry_file(system).exists()


def test_options_of_one_host_are_no_options_of_another(this_machine, capsys, tmp_path):
    assert cli.main(["install", "kdenlive", "--work", str(tmp_path)]) == 1
    assert "are for DaVinci Resolve" in capsys.readouterr().err


def test_what_is_remembered_is_plain(system):
    install_resolve(system, Choice("free"))
    document = json.loads(registry_file(system).read_text())
    assert document["schema"] == "hitpoint.hosts.1" and document["resolve"]["edition"] == "free"
