"""Write files so that nothing is lost: a crash leaves the old file whole, and no input is written over."""

import hashlib
import os
import secrets
import shutil
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from regions.errors import Fault, RegionetError, StudyError
from regions.messages import Message, say

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
    temporary = name_temporary(target.parent, target.stem, target.suffix)
    try:
        with naming_file(target):
            yield temporary
            with temporary.open("rb+") as handle:
                os.fsync(handle.fileno())
            temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def naming_file(path: Path) -> Iterator[None]:
    """Let what the system refuses name the file that the user knows, not a temporary one or none at all."""
    try:
        yield
    except OSError as error:
        if error.filename is None or _MARK in str(error.filename):
            error.filename, error.filename2 = str(path), None
        raise


def write_text(path: str | Path, text: str) -> None:
    """Write ``text`` as UTF-8 with LF line ends, atomically."""
    with atomic_path(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


def describe_full(folder: str | Path) -> RegionetError:
    """Return the error of a folder for temporary files in which there is no room left."""
    return RegionetError(say("files/temporary-full", folder=folder))


def name_temporary(folder: Path, stem: str, suffix: str = "") -> Path:
    """Return a hidden name in ``folder`` that no other run takes and `sweep_stale` knows."""
    return folder / f".{stem[:40]}-{secrets.token_hex(4)}{_MARK}{suffix}"


def sweep_stale(folder: str | Path) -> int:
    """Remove temporary files and folders that a killed run left in ``folder``; return how many.

    Only those of ours that are older than an hour, so that a run going on beside this one keeps its files.
    """
    old = time.time() - _STALE_SECONDS
    stale = [item for item in Path(folder).glob(f".*{_MARK}*") if item.lstat().st_mtime < old]
    for item in stale:
        if item.is_dir() and not item.is_symlink():
            shutil.rmtree(item, ignore_errors=True)
        else:
            item.unlink(missing_ok=True)
    return len(stale)


def refuse_overwriting(outputs: Iterable[Path], inputs: Iterable[Path]) -> None:
    """Stop before anything is written when an output is one of the inputs, by whatever name or link.

    Parameters
    ----------
    outputs
        Files that are going to be written; they need not exist.
    inputs
        Files that are read.

    Raises
    ------
    StudyError
        ``E-OUTPUT`` for every output that would replace an input.
    """
    read = {_identify(path) for path in inputs}
    taken = [path for path in outputs if _identify(path) in read]
    if taken:
        raise StudyError(Fault.of(str(path), say("E-OUTPUT")) for path in taken)


def _identify(path: Path) -> tuple[int, int] | str:
    """Return what two names of one file share: its number on the disk, else the path without links."""
    try:
        found = path.stat()
    except OSError:
        return os.path.normcase(path.resolve())
    return (found.st_dev, found.st_ino) if found.st_ino else os.path.normcase(path.resolve())


_KINDS = (
    (stat.S_ISDIR, "E-FILE/folder"),
    (stat.S_ISFIFO, "E-FILE/pipe"),
    (stat.S_ISCHR, "E-FILE/device"),
    (stat.S_ISBLK, "E-FILE/device"),
    (stat.S_ISSOCK, "E-FILE/socket"),
)


def refuse_special(paths: Iterable[Path]) -> None:
    """Stop where something else than a file stands under the name of one; a path where nothing is passes.

    Opening a pipe waits for ever, reading a device never ends.

    Raises
    ------
    StudyError
        ``E-FILE``, naming each of them and what it is: a folder, a pipe, a device, a socket, a link to nothing.
    """
    faults = [Fault.of(path.name, message) for path in paths if (message := _describe_special(path))]
    if faults:
        raise StudyError(faults)


def _describe_special(path: Path) -> Message | None:
    try:
        mode = path.stat().st_mode
    except OSError:
        return say("E-FILE/dead-link") if path.is_symlink() else None
    key = next((key for test, key in _KINDS if test(mode)), None)
    return say(key) if key else None


def name_edited(path: Path) -> Path:
    """Return the first free name to keep a file under: ``gaps.edited-1.xlsx`` for ``gaps.xlsx``."""
    number = 1
    while (kept := path.with_name(f"{path.stem}.edited-{number}{path.suffix}")).exists() or kept.is_symlink():
        number += 1
    return kept


def find_checksum(path: Path) -> str:
    """Return the SHA-256 of a file of any size, as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
