"""Read a workbook in a process of its own, whose memory is limited, never imported.

Usage: python -P legacy_workbook_process.py FILE MEGABYTES LETTERS CELLS. Writes a pickled list of (name, visible, rows,
first row, first column, merged areas), one for each sheet, and ends with 0; 3 when there are more letters or cells,
or not enough memory; 4 when the file cannot be read, 5 when it has a password other than the one that Excel itself
fills in, 6 when it has that one and msoffcrypto is not installed.
"""

import io
import pickle
import sys
from contextlib import suppress

BOMB, BROKEN, LOCKED, NO_EXTRA = 3, 4, 5, 6
DEFAULT = "VelvetSweatshop"
"""The password with which Excel opens a workbook without asking: books of yearbooks are sold with it."""


def load_sheets(path: str, data: bytes, letters: int, cells: int) -> "list[tuple[object, ...]] | None":
    """Return what each sheet of a file, or of ``data``, holds; None when there are more letters or cells."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - within the limit

    found: list[tuple[object, ...]] = []
    book = CalamineWorkbook.from_filelike(io.BytesIO(data)) if data else CalamineWorkbook.from_path(path)
    for about in book.sheets_metadata:
        sheet = book.get_sheet_by_name(about.name)
        rows = sheet.to_python()
        letters -= sum(len(cell) for row in rows for cell in row if isinstance(cell, str))
        cells -= sum(map(len, rows))
        if letters < 0 or cells < 0:
            return None
        top, left = sheet.start or (0, 0)
        visible = str(about.visible).endswith("Visible")
        found.append((about.name, visible, rows, top, left, sheet.merged_cell_ranges or []))
    return found


def unlock(data: bytes) -> "bytes | None":
    """Return a workbook without the password that Excel fills in; None when it has another one."""
    import msoffcrypto  # noqa: PLC0415 - an extra
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError  # noqa: PLC0415

    opened = io.BytesIO()
    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(data))
        office.load_key(password=DEFAULT)
        office.decrypt(opened)
    except (InvalidKeyError, DecryptionError):
        return None
    except FileFormatError as error:
        raise ValueError(str(error)) from error
    return opened.getvalue()


def main(path: str, megabytes: int, letters: int, cells: int) -> int:
    """Read the file and return the exit code."""
    with suppress(ImportError, ValueError, OSError):  # Windows has no such limit
        import resource  # noqa: PLC0415 - as above

        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    from python_calamine import CalamineError, PasswordError  # noqa: PLC0415 - within the limit

    found, code = None, BOMB
    try:
        found = read_any(path, letters, cells)
    except MemoryError:
        pass
    except PasswordError:
        code = LOCKED
    except ImportError:
        code = NO_EXTRA
    except (CalamineError, OSError, ValueError):
        code = BROKEN
    if found is None:
        return code
    pickle.dump(found, sys.stdout.buffer, protocol=pickle.HIGHEST_PROTOCOL)
    return 0


def read_any(path: str, letters: int, cells: int) -> "list[tuple[object, ...]] | None":
    """Read a workbook, if need be with the password that Excel fills in."""
    from python_calamine import CalamineError, PasswordError  # noqa: PLC0415 - within the limit

    try:
        return load_sheets(path, b"", letters, cells)  # only a path lets the reader notice a password
    except PasswordError:
        opened = unlock(read_bytes(path))
        if opened is None:
            raise
    except CalamineError:
        opened = read_bytes(path)  # only bytes let it pass over the suffix
    return load_sheets(path, opened, letters, cells)


def read_bytes(path: str) -> bytes:
    """Return a whole file."""
    with open(path, "rb") as file:  # noqa: PTH123 - pathlib takes time
        return file.read()


if __name__ == "__main__":
    file, *numbers = sys.argv[1:]
    sys.exit(main(file, *map(int, numbers)))
