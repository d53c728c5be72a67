import ast
from importlib import resources

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lupa import lua51, luajit21

from hitpoint.plugin.hosts.resolve_scripts import resolve_script_texts
from hitpoint.plugin.hosts.script_text import lua_literal, python_literal

TEMPLATES = [
    path for path in resources.files("hitpoint.plugin.hosts.resolve").iterdir() if path.name[-3:] in ("txt", "lua")
]
PATHS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)


@given(PATHS)
@example('"]] .. os.exit() --\\\n')
@pytest.mark.parametrize("lua", [lua51, luajit21], ids=["lua51", "luajit"])
def test_lua_reads_any_path_back(lua, path):
    runtime = lua.LuaRuntime(encoding=None)
    assert runtime.eval(lua_literal(path).encode()) == path.encode()


@given(PATHS)
@example("'\n\\ud800 {x} %s @WORK@")
def test_python_reads_any_path_back(path):
    assert ast.literal_eval(python_literal(path)) == path


def test_literals_are_ascii_on_one_line():
    for literal in (lua_literal, python_literal):
        assert literal("/é\n\r\u2028").isascii() and literal("/é\n\r\u2028").isprintable()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_script_that_a_host_runs_is_short(template):
    assert len(template.read_text().splitlines()) <= 50


def test_python_scripts_are_python_3_6(system, tmp_path):
    texts = resolve_script_texts(system, "studio", tmp_path / "wörk")
    texts["in_resolve.py"] = (resources.files("hitpoint.plugin.hosts.resolve") / "in_resolve.py").read_text()
    assert len(texts) == 4, "three menu entries and what they call"
    for name, text in texts.items():
        assert ast.parse(text, name, feature_version=(3, 6)).body


def test_scripts_import_nothing_but_the_standard_library_of_3_6(system, tmp_path):
    known = {"contextlib", "fractions", "io", "json", "os", "re", "subprocess", "sys", "time", "typing"}
    texts = resolve_script_texts(system, "studio", tmp_path)
    texts["in_resolve.py"] = (resources.files("hitpoint.plugin.hosts.resolve") / "in_resolve.py").read_text()
    for text in texts.values():
        nodes = list(ast.walk(ast.parse(text)))
        names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
        names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
        assert names <= known


def test_scripts_use_no_word_of_a_newer_standard_library():
    text = (resources.files("hitpoint.plugin.hosts.resolve") / "in_resolve.py").read_text()
    tree = ast.parse(text)
    words = {node.arg for node in ast.walk(tree) if isinstance(node, ast.keyword)}
    names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not words & {"capture_output", "text", "dirs_exist_ok", "missing_ok"}
    assert not names & {"removeprefix", "removesuffix", "fromisoformat", "perf_counter_ns"}
