"""Work counted in lines of Python that run: alike on every machine and however busy it is, as seconds are not."""

import sys
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any


def count_steps(action: Callable[[], object]) -> int:
    """Count the lines that ``action`` runs, in every module that it enters; a turn of a loop counts anew."""
    steps = 0

    def watch(_frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal steps
        steps += event == "line"
        return watch

    before = sys.gettrace()
    sys.settrace(watch)
    try:
        action()
    finally:
        sys.settrace(before)
    return steps


@contextmanager
def stop_runaways(seconds: int = 300) -> Iterator[None]:
    """End the process once the block has used so much processor time: only what never ends comes there.

    A guard against a hang inside a library, where no line of Python runs; never a measure of speed.
    """
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        yield
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    before = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_CPU, before)


def measure_arrays(action: Callable[[], object]) -> float:
    """Return the largest sum of what Python and numpy hold at once for ``action``, in MB."""
    tracemalloc.start()
    try:
        action()
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()
