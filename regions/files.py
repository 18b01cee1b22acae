"""Write files so that a crash, a full disk or a signal leaves the old file whole."""

import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_MARK = ".regionet-tmp"
_STALE_SECONDS = 3600.0


@contextmanager
def atomic_path(path: str | Path) -> Iterator[Path]:
    """Give a temporary path beside ``path``; on success it replaces ``path`` in one step.

    Parameters
    ----------
    path
        The file to write. Its folder must exist.

    Yields
    ------
    Path
        A name in the same folder with the same suffix (writers that look at the suffix keep working).

    Notes
    -----
    The data are flushed to disk (fsync) before the name is changed, so the old content or the new content is
    there at every moment, never a part. Any error removes the temporary file and leaves the old one untouched.
    """
    target = Path(path)
    temporary = target.with_name(f".{target.stem[:40]}-{secrets.token_hex(4)}{_MARK}{target.suffix}")
    try:
        yield temporary
        with temporary.open("rb+") as handle:
            os.fsync(handle.fileno())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def write_text(path: str | Path, text: str) -> None:
    """Write ``text`` as UTF-8 with LF line ends, atomically."""
    with atomic_path(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


def sweep_stale(folder: str | Path) -> int:
    """Remove temporary files that a killed run left in ``folder``; return how many.

    Only files of ours that are older than an hour, so that a run going on beside this one keeps its files.
    """
    old = time.time() - _STALE_SECONDS
    stale = [item for item in Path(folder).glob(f".*{_MARK}*") if item.is_file() and item.stat().st_mtime < old]
    for item in stale:
        item.unlink(missing_ok=True)
    return len(stale)
