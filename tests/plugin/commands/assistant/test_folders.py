import pytest

from hitpoint.core.errors import OptionError
from hitpoint.plugin.commands.assistant.folders import Folders, OutsideError


@pytest.fixture
def folders(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "secret.otio").write_text("x")
    return Folders([tmp_path / "in"])


def test_a_relative_path_starts_in_the_first_folder(folders, tmp_path):
    assert folders.inside("sub/cut.otio") == tmp_path / "in" / "sub" / "cut.otio"


@pytest.mark.parametrize("written", ["../out/secret.otio", "/etc/passwd", "sub/../../out/secret.otio", "\0", "~/x"])
def test_a_path_that_leads_out_is_refused(folders, tmp_path, written):
    if written == "~/x":  # no shell: a folder that is called so
        assert folders.inside(written) == tmp_path / "in" / "~" / "x"
        return
    with pytest.raises(OutsideError):
        folders.inside(written)


def test_a_link_is_followed_before_it_is_judged(folders, tmp_path):
    (tmp_path / "in" / "link.otio").symlink_to(tmp_path / "out" / "secret.otio")
    (tmp_path / "in" / "folder").symlink_to(tmp_path / "out")
    for written in ("link.otio", "folder/secret.otio", "folder/new.otio"):
        with pytest.raises(OutsideError, match="outside of"):
            folders.inside(written)


def test_what_is_no_folder_is_refused(tmp_path):
    with pytest.raises(OptionError, match="is no folder"):
        Folders([tmp_path / "none"])
