from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.bridge.xml_tree import (
    MAX_DEPTH,
    Change,
    attribute_change,
    changed,
    escaped,
    parse_xml,
    text_change,
)
from hitpoint.core.errors import EditReadError

BOMB = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>'
FETCH = b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'


@pytest.mark.parametrize("content", [BOMB, FETCH], ids=["entities", "another file"])
def test_a_document_type_that_can_hold_entities_is_refused(content):
    with pytest.raises(EditReadError, match="document type"):
        parse_xml(content, "cut.kdenlive")


def test_a_document_type_that_is_only_a_name_is_read():
    assert parse_xml(b"<!DOCTYPE xmeml>\n<xmeml/>", "cut.xml").tag == "xmeml"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"<a><b></a>", "line 1"),
        (b"", "damaged"),
        (b"{}", "damaged"),
        (b"<a>" * (MAX_DEPTH + 1), "deep"),
        (b"<?xml version='1.0' encoding='latin-1'?><a/>", "UTF-8"),
        (b"<a>&unknown;</a>", "damaged"),
        ("<a/>".encode("utf-16"), "UTF-8"),
    ],
)
def test_damage_is_told_in_one_line(content, says):
    with pytest.raises(EditReadError, match=says):
        parse_xml(content, "cut.kdenlive")


def test_each_element_knows_its_bytes():
    content = '<a>ü<b x="1>2" y=\'"\'>é<![CDATA[<c>]]></b> <d/></a>'.encode()
    root = parse_xml(content, "a")
    first, second = root.children
    assert content[first.start : first.end].startswith(b"<b x") and content[first.start : first.end].endswith(b"</b>")
    assert content[second.start : second.end] == b"<d/>"
    assert (first.attributes, first.text) == ({"x": "1>2", "y": '"'}, "é<c>")


def test_an_attribute_is_changed_in_its_place_or_added():
    content = b"<a  in = '0' out=\"1\"/>"
    root = parse_xml(content, "a")
    assert changed(content, [attribute_change(content, root, "in", 'x"&')]) == b'<a  in = "x&quot;&amp;" out="1"/>'
    assert changed(content, [attribute_change(content, root, "root", "/b")]) == b'<a  in = \'0\' out="1" root="/b"/>'


@given(st.text())
def test_any_text_can_be_written_and_is_read_again(text):
    written = escaped(text)
    root = parse_xml(f'<a x="{written}">{written}</a>'.encode("utf-8", "surrogatepass"), "a")
    readable = "".join(
        each if each in "\t\n\r" or each.isprintable() or ord(each) > 0x1F else "\ufffd" for each in text
    )
    if all(each not in "\r\ufffe\uffff" and not 0xD800 <= ord(each) < 0xE000 for each in text):
        assert root.text == readable


def test_a_change_of_text_leaves_all_other_bytes():
    content = b"<a>\n <b>old</b><!-- <b> --></a>"
    root = parse_xml(content, "a")
    assert changed(content, [text_change(root.children[0], "n<w")]) == b"<a>\n <b>n&lt;w</b><!-- <b> --></a>"
    assert changed(content, [Change(0, 0, b"1"), Change(0, 0, b"2")]) == b"12" + content
