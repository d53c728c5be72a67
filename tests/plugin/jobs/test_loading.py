"""Imports that last: nobody collects meanwhile, and what they brought is looked at no more."""

import gc
import subprocess
import sys
from importlib import import_module

import pytest

from hitpoint.plugin.jobs.loading import lasting


def test_nothing_is_collected_inside_and_again_afterwards():
    with lasting():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off():
    gc.disable()
    try:
        with lasting():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_an_import_that_fails_leaves_the_collector_on():
    with pytest.raises(ImportError), lasting():
        import_module("hitpoint.there_is_no_such_module")
    assert gc.isenabled()


def test_only_new_modules_are_kept_from_the_collector():
    code = (
        "import gc; from hitpoint.plugin.jobs.loading import lasting\n"
        "with lasting(): pass\n"
        "print(gc.get_freeze_count())\n"
        "with lasting(): import fractions\n"
        "print(gc.get_freeze_count())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    nothing, something = map(int, done.stdout.split())
    assert nothing == 0 < something
