import pytest

from hitpoint.core.errors import EditReadError
from hitpoint.core.music.key import Key
from hitpoint.plugin import cli


def test_help_ends_with_zero(capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main(["--help"])
    assert stopped.value.code == 0
    assert "score" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["score"],
        ["score", "a.otio", "--seed", "-1"],
        ["score", "a.otio", "--seed", "1.5"],
        ["score", "a.otio", "--key", "H major"],
        ["score", "a.otio", "--tempo", "0"],
        ["score", "a.otio", "--tempo", "nan"],
        ["score", "a.otio", "--mood", "hungry"],
        ["score", "a.otio", "--mood", "1-2=hungry"],
        ["score", "a.otio", "--takes", "0"],
        ["score", "a.otio", "--takes", "100000"],
        ["score", "a.otio", "--features", "x"],
        ["dance"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_two(words, capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main(words)
    assert stopped.value.code == cli.EXIT_USAGE
    told = capsys.readouterr().err
    assert told.count("\n") == 1 and "--help" in told


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["dance"], "hitpoint: error: there is no command 'dance' (hitpoint --help"),
        (["score", "a", "--curve", "foo"], "error: --curve: 'foo' is none of linear, ease, late ("),
        (["score", "a", "--closeness", "9"], "error: --closeness: 9 is none of 1, 2, 3, 4, 5, 6 ("),
        (["score", "a", "--nosuch"], "error: --nosuch is not known here ("),
        (["score"], "error: EDIT is missing ("),
        (["listen", "a", "--half", "--double"], "error: --double: does not go with --half ("),
        (["score", "a", "--range", "1"], "error: --range: it takes 2 values ("),
        (["score", "a", "--seed"], "error: --seed: a value is missing after it ("),
        (["score", "a", "--search", "-5min"], "error: --search: '-5min' is no number of takes and no time: write 40 ("),
        (["score", "a", "--quiet=3"], "error: --quiet: it takes no value ("),
    ],
)
def test_wrong_usage_is_told_in_our_words(words, says, capsys):
    with pytest.raises(SystemExit):
        cli.main(words)
    assert says in capsys.readouterr().err


def test_an_error_is_one_line_and_ends_with_one(monkeypatch, capsys):
    def fail(options):
        raise EditReadError("a\nb\x1b[31m")

    monkeypatch.setattr(cli, "run", fail)
    assert cli.main(["doctor"]) == cli.EXIT_ERROR
    assert capsys.readouterr().err == "hitpoint: a b [31m\n"


def test_an_edit_that_is_not_there_is_named(tmp_path, capsys):
    assert cli.main(["inspect", str(tmp_path / "lost.otio")]) == cli.EXIT_ERROR
    assert "lost.otio" in capsys.readouterr().err


def test_key_and_tempo_may_be_left_to_hitpoint():
    options = cli.build_parser().parse_args(["score", "a.otio", "--key", "auto", "--tempo", "auto"])
    assert (options.key, options.tempo) == (None, None)


def test_a_key_is_read():
    options = cli.build_parser().parse_args(["score", "a.otio", "--key", "F# minor"])
    assert options.key == Key(6, is_minor=True)


def test_a_module_of_ours_that_is_missing_is_an_incomplete_installation(monkeypatch, capsys):
    def fail(options):
        raise ModuleNotFoundError("No module named 'hitpoint.core.gone'", name="hitpoint.core.gone")

    monkeypatch.setattr(cli, "run", fail)
    assert cli.main(["doctor"]) == cli.EXIT_ERROR
    assert "incomplete (hitpoint.core.gone is missing or of another version)" in capsys.readouterr().err


def test_what_the_system_refuses_is_told_in_our_words(small_edit, capsys):
    assert cli.main(["score", str(small_edit), "-o", str(small_edit.with_name("y" * 300 + ".otio"))]) == cli.EXIT_ERROR
    told = capsys.readouterr().err
    assert told.endswith("yyy.otio: the name is too long: take a shorter one\n") and "Errno" not in told


def test_the_doctor_finds_a_module_of_ours_that_is_missing(tmp_path):
    from hitpoint.plugin.commands.machine.own_modules import missing_modules

    (tmp_path / "core" / "cue").mkdir(parents=True)
    (tmp_path / "core" / "cue" / "cue.py").write_text("def f():\n    from hitpoint.core.cue.gone import x\n")
    (tmp_path / "core" / "mood.py").write_text("from hitpoint.core.cue.cue import f\n")
    assert missing_modules(tmp_path) == ("hitpoint.core.cue.gone",)


def test_a_bug_is_not_hidden(monkeypatch):
    def fail(options):
        raise ZeroDivisionError

    monkeypatch.setattr(cli, "run", fail)
    with pytest.raises(ZeroDivisionError):
        cli.main(["doctor"])
