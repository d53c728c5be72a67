"""Functions as tasks of a Ray cluster (extra ``cluster``): Ray itself gives a task whose worker died to another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from hitpoint.core.errors import OptionError

RETRIES = 2  # of a task whose worker died
_POLL_SECONDS = 0.5
_HERE = "ray"

Answer = TypeVar("Answer")


def is_ray(where: str) -> bool:
    """Whether ``--on`` names Ray: ``ray`` for this machine or where RAY_ADDRESS says, ``ray://HOST:PORT``."""
    return where == _HERE or where.startswith("ray://")


def on_cluster(
    work: Callable[..., Answer], calls: Sequence[tuple[Any, ...]], tick: Callable[[], None], address: str
) -> Iterator[tuple[int, Answer | None]]:
    """Call a function with each of some tuples of arguments, wherever there is a core.

    Args:
        work: runs on any machine of the cluster, which sees the same files.
        calls: what it is called with.
        tick: called again and again; whatever it raises stops what is running.
        address: see :func:`is_ray`.

    Yields:
        The number of a call and its answer, as they end; None where its worker died again and again.

    Raises:
        OptionError: if Ray is not installed, or there is no cluster at that address.
    """
    try:
        import ray
    except ImportError:
        raise OptionError('--on ray needs one more library: pip install "hitpoint[cluster]"') from None
    if not ray.is_initialized():
        _connect(ray, address)
    remote = ray.remote(work).options(max_retries=RETRIES, num_cpus=1)
    numbers = {remote.remote(*arguments): number for number, arguments in enumerate(calls)}
    try:
        while numbers:
            tick()
            ended, _ = ray.wait(list(numbers), num_returns=1, timeout=_POLL_SECONDS)
            for reference in ended:
                number = numbers.pop(reference)
                try:
                    answer = ray.get(reference)
                except ray.exceptions.RayError:
                    answer = None
                yield number, answer
    finally:
        for reference in numbers:
            ray.cancel(reference, force=True)


def _connect(ray: Any, address: str) -> None:
    try:
        if address == _HERE:
            ray.init(log_to_driver=False, include_dashboard=False, configure_logging=False)
        else:
            ray.init(address, log_to_driver=False, configure_logging=False)
    except (ConnectionError, ValueError, RuntimeError, TimeoutError) as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise OptionError(f"--on {address}: no Ray cluster answers there ({reason})") from None
