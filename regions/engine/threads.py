"""Blocks of work on all cores: numpy lets other threads run while it computes."""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Block = TypeVar("Block")
Result = TypeVar("Result")

_MOST = 8  # beyond this the memory is the limit, not the cores


def map_blocks(work: Callable[[Block], Result], blocks: Iterable[Block], threads: int | None = None) -> list[Result]:
    """Return the result of every block, in the order of the blocks.

    Parameters
    ----------
    work
        What to do with a block; it may run at the same time for several of them.
    blocks
        The work, cut up.
    threads
        How many blocks at a time; None takes all cores that the process may use, at most 8.
    """
    number = threads or min(count_cores(), _MOST)
    if number == 1:
        return [work(block) for block in blocks]
    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(work, blocks))


def count_cores() -> int:
    """Return the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
