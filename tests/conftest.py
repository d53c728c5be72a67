import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

try:
    import PyQt6.QtWidgets  # noqa: F401 - a machine without a desktop may lack the libraries Qt links to
except ImportError:
    collect_ignore_glob = ["ui/*test_view_*.py"]
else:
    pytest_plugins = ["pytestqt.plugin"]


def pytest_report_header() -> list[str]:
    """Say at the top of a run what it leaves out."""
    missing = "collect_ignore_glob" in globals()
    return ["Qt cannot be loaded here: the tests of the panel's views are left out"] if missing else []
