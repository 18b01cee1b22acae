"""A bar on stderr that tells how far long work is, where somebody is there to see it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer


@contextmanager
def show_progress(label: str, *, quiet: bool = False) -> Iterator[Callable[[int, int], None]]:
    """Yield a function that takes the finished and all parts; nothing is drawn when stderr is no terminal.

    Parameters
    ----------
    label
        What stands before the bar.
    quiet
        Whether nothing is drawn at all, as when the result is for a program.
    """
    if quiet or not sys.stderr.isatty():
        yield lambda *_: None
        return
    with typer.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def tell(done: int, all_: int) -> None:
            bar.length = all_
            bar.update(done - bar.pos)

        yield tell
