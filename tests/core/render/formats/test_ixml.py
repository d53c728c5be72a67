import struct
import xml.etree.ElementTree as ET

from hitpoint.core.render.formats.ixml import Ixml, ixml_chunk


def content(chunk):
    name, size = struct.unpack_from("<4sI", chunk)
    assert name == b"iXML" and len(chunk) % 2 == 0
    return ET.fromstring(chunk[8 : 8 + size])


def test_an_xml_parser_reads_what_was_written():
    root = content(ixml_chunk(Ixml("A & B <1>", "Hitpoint; seed 3")))
    assert (root.tag, root.findtext("PROJECT"), root.findtext("NOTE")) == ("BWFXML", "A & B <1>", "Hitpoint; seed 3")


def test_letters_that_xml_does_not_allow_are_left_out():
    assert content(ixml_chunk(Ixml("a\x00\x1bb\ud800", "n"))).findtext("PROJECT").startswith("a  b")
