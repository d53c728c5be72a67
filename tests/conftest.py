import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
for _library in ("OMP", "OPENBLAS", "MKL"):  # threads that wait for each other in a circle cost more than they compute
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")

# What is compiled once serves all processes of a run, and the next run.
os.environ.setdefault("NUMBA_CACHE_DIR", str(Path(__file__).parents[1] / ".pytest_cache" / "compiled"))

try:
    import PyQt6.QtWidgets  # noqa: F401 - a machine without a desktop may lack the libraries Qt links to
except ImportError:
    collect_ignore_glob = ["ui/*test_view_*.py"]
else:
    pytest_plugins = ["pytestqt.plugin"]


# A machine may be slow or busy: that is no fault of what is tested. The default run draws the same few examples every
# time, so that it passes everywhere or nowhere; -m slow and --hypothesis-profile=thorough look longer, elsewhere each
# time. A test says itself only where it needs fewer.
settings.register_profile(
    "any machine", deadline=None, max_examples=12, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("thorough", settings.get_profile("any machine"), max_examples=60, derandomize=False)
settings.load_profile("any machine")


def pytest_configure(config: pytest.Config) -> None:
    """Look longer where the long tests are asked for."""
    asked: str = config.option.markexpr
    if "slow" in asked and "not slow" not in asked:
        settings.load_profile("thorough")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Share the whole run among up to four processes; on one core, or for files that are named, it stays in one."""
    if config.args_source is pytest.Config.ArgsSource.ARGS:
        return 0
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, 4) if cores > 1 else 0


def pytest_report_header() -> list[str]:
    """Say at the top of a run what it leaves out."""
    missing = "collect_ignore_glob" in globals()
    return ["Qt cannot be loaded here: the tests of the panel's views are left out"] if missing else []


@pytest.fixture(scope="session", autouse=True)
def kept_samplers() -> Iterator[None]:
    """What was computed of a font's notes serves every test of a process: its sampler stays in use."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("hitpoint.core.render.choice._in_use", {})
        yield


@pytest.fixture(scope="session")
def calls_in() -> Callable[[Callable[[], object]], int]:
    """Counts the calls of functions, Python's and C's, that some work makes: what it costs, without a clock."""

    def count(work: Callable[[], object]) -> int:
        made, before = 0, sys.getprofile()

        def hear(frame: object, event: str, argument: object) -> None:
            nonlocal made
            made += event in ("call", "c_call")

        sys.setprofile(hear)
        try:
            work()
        finally:
            sys.setprofile(before)
        return made

    return count


@pytest.fixture(scope="session")
def simplest_machine() -> dict[str, str]:
    """An environment in which numpy, torch and their products of matrices use nothing that not every processor has."""
    from numpy._core import _multiarray_umath as numpy_kernels

    known = numpy_kernels.__cpu_features__
    return {
        **os.environ,
        "ATEN_CPU_CAPABILITY": "default",
        "MKL_CBWR": "COMPATIBLE",
        "NPY_DISABLE_CPU_FEATURES": " ".join(one for one in numpy_kernels.__cpu_dispatch__ if known[one]),
        "OPENBLAS_CORETYPE": "Nehalem",
    }
