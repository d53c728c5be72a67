"""What is said of texts that are no TOML: the place, and nothing in the parser's own words."""

from __future__ import annotations

import tomllib

import pytest

from hitpoint.core.files.toml_text import toml_trouble


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a = 1\nb = two\n", 'line 2, column 5 is not understood: write [TABLE] or NAME = "TEXT"'),
        ("a = ", 'the last line is not understood: write [TABLE] or NAME = "TEXT"'),
        ("[a]\n[a]\n", "line 2, column 3 says again what stands above: say it once"),
        ("a = 1\na = 2", "the last line says again what stands above: say it once"),
    ],
)
def test_the_place_is_told_and_what_to_write(text: str, told: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads(text)
    assert toml_trouble(caught.value) == told
