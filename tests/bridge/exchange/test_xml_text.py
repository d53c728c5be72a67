import pytest

from hitpoint.bridge.exchange.xml_text import child, parsed_xml, root_tag, text
from hitpoint.core.errors import EditReadError


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1"])
def test_any_encoding_is_read(coding):
    head = f'<?xml version="1.0" encoding="{"ISO-8859-1" if coding == "latin-1" else "UTF-8"}"?>'
    assert parsed_xml(f"{head}<a><b>é</b></a>".encode(coding), "x.xml").findtext("b") == "é"


@pytest.mark.parametrize(
    "content",
    [b"<a>you & me</a>", b"<a>bell \x07</a>", b'<?xml version="1.0" encoding="utf-16"?><a>x</a>', b"\n\n<a/>"],
)
def test_what_careless_writers_do_is_read_all_the_same(content):
    assert parsed_xml(content, "x.xml").tag == "a"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "x.xml is empty"),
        (b"<a><b></a>", "x.xml is damaged at line 1, column 9 .mismatched tag."),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "document type of its own"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "x.xml"),
        (b"<a>" * 101 + b"</a>" * 101, "nested too deep"),
    ],
)
def test_the_rest_is_refused_in_one_line(content, message):
    with pytest.raises(EditReadError, match=message):
        parsed_xml(content, "x.xml")


def test_a_plain_document_type_is_no_harm():
    assert parsed_xml(b"<!DOCTYPE xmeml><xmeml/>", "x.xml").tag == "xmeml"


def test_children_are_found_by_their_names():
    root = parsed_xml(b"<a><b><c> d </c></b></a>", "x.xml")
    assert (text(root, "b", "c"), text(root, "b", "x"), child(root, "x", "c")) == ("d", "", None)


@pytest.mark.parametrize(
    ("content", "tag"),
    [
        (b"<?xml version='1.0'?>\n<!-- <z> -->\n<!DOCTYPE XMEML>\n<XMEML>", "xmeml"),
        ("<q/>".encode("utf-16"), "q"),
        (b"{", ""),
    ],
)
def test_the_root_is_known_without_reading_all(tmp_path, content, tag):
    (tmp_path / "x.xml").write_bytes(content)
    assert root_tag(tmp_path / "x.xml") == tag


def test_a_file_that_is_not_there_has_no_root(tmp_path):
    assert root_tag(tmp_path / "x.xml") == ""
