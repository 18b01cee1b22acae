"""Read a workbook in a process of its own, whose memory is limited, never imported.

Usage: python -P legacy_workbook_process.py FILE MEGABYTES LETTERS CELLS. Writes a pickled list of (name, visible, rows,
first row, first column, merged areas), one for each sheet, and ends with 0; 3 when there are more letters or cells,
or not enough memory; 4 when the file cannot be read, 5 when it has a password.
"""

import pickle
import sys
from contextlib import suppress

BOMB, BROKEN, LOCKED = 3, 4, 5


def main(path: str, megabytes: int, letters: int, cells: int) -> int:
    """Read the file and return the exit code."""
    with suppress(ImportError, ValueError, OSError):  # Windows has no such limit
        import resource  # noqa: PLC0415 - as above

        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError  # noqa: PLC0415 - within the limit

    found = []
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - pathlib takes time
            book = CalamineWorkbook.from_filelike(file)
            for about in book.sheets_metadata:
                sheet = book.get_sheet_by_name(about.name)
                rows = sheet.to_python()
                letters -= sum(len(cell) for row in rows for cell in row if isinstance(cell, str))
                cells -= sum(map(len, rows))
                if letters < 0 or cells < 0:
                    return BOMB
                top, left = sheet.start or (0, 0)
                visible = str(about.visible).endswith("Visible")
                found.append((about.name, visible, rows, top, left, sheet.merged_cell_ranges or []))
    except MemoryError:
        return BOMB
    except PasswordError:
        return LOCKED
    except (CalamineError, OSError, ValueError):
        return BROKEN
    pickle.dump(found, sys.stdout.buffer, protocol=pickle.HIGHEST_PROTOCOL)
    return 0


if __name__ == "__main__":
    file, *numbers = sys.argv[1:]
    sys.exit(main(file, *map(int, numbers)))
