"""Read a CSV file into text, whatever its encoding, with the line number of every row."""

import codecs
import csv
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from regions.errors import Fault, StudyError

_LONGEST_CELL = 1_000_000
_LONE_CR = "\ue00d"


@dataclass(frozen=True, slots=True, eq=False)
class TextTable:
    """A table as it stands in a file: every cell is text, an empty cell is "".

    Attributes
    ----------
    file
        File name for messages.
    frame
        One str column per header, default integer index.
    lines
        Shape (rows,): line of each row in the file, the header being line 1.
    warnings
        What was mended while reading.
    """

    file: str
    frame: pd.DataFrame
    lines: npt.NDArray[np.int64]
    warnings: tuple[Fault, ...] = ()


def decode(data: bytes, file: str) -> tuple[str, list[Fault]]:
    """Decode a whole file: byte-order mark, then strict UTF-8, then GB18030.

    Returns
    -------
    text, warnings
        One ``W-ENC`` warning names the encoding when it is not UTF-8.

    Raises
    ------
    StudyError
        ``E-ENC`` with the line and byte where decoding fails, when the bytes fit neither encoding or mix the two;
        ``E-NUL`` with the line of a NUL byte.
    """
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return _decode_or_fail(data, encoding, file), [_encoding_warning(file, "UTF-16")]
    if b"\x00" in data:
        line = data[: data.index(b"\x00")].count(b"\n") + 1
        raise StudyError(Fault("E-NUL", file, "a NUL byte stands in the text.", "文本中含有 NUL 字节。", row=line))
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        if _mixes_encodings(data):
            raise _encoding_error(data, error, file) from error
    return _decode_or_fail(data, "gb18030", file), [_encoding_warning(file, "GB18030")]


def _decode_or_fail(data: bytes, encoding: str, file: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _encoding_error(data, error, file) from error


def _mixes_encodings(data: bytes) -> bool:
    """Tell whether some lines are valid multi-byte UTF-8 and others are not UTF-8 at all.

    A GB18030 text can hold a line whose bytes happen to be valid UTF-8, but hardly one with a three-byte
    sequence that decodes to a Chinese character; such a line beside broken ones means two encodings.
    """
    for line in data.splitlines():
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            continue
        if any("\u4e00" <= character <= "\u9fff" for character in text):
            return True
    return False


def _encoding_error(data: bytes, error: UnicodeDecodeError, file: str) -> StudyError:
    line = data[: error.start].count(b"\n") + 1
    return StudyError(
        Fault(
            "E-ENC",
            file,
            f"byte {error.start} is neither UTF-8 nor GB18030, or the file mixes the two.",
            f"第 {error.start} 字节既不是 UTF-8 也不是 GB18030，或文件混用了两种编码。",
            row=line,
            hint="Save the file again as UTF-8.",
            hint_zh="请将文件另存为 UTF-8。",
        )
    )


def _encoding_warning(file: str, encoding: str) -> Fault:
    return Fault("W-ENC", file, f"read as {encoding}.", f"按 {encoding} 编码读取。")


def read_text_table(path: Path) -> TextTable:
    """Read a CSV file as text.

    Raises
    ------
    StudyError
        With every fault of form: empty file, header with empty or repeated names, rows that are longer or shorter
        than the header, an unclosed quote, an absurdly long cell.
    """
    text, warnings = decode(path.read_bytes(), path.name)
    if not text.strip():
        raise StudyError(Fault("E-EMPTY", path.name, "the file is empty.", "文件为空。"))
    header, rows, lines = _split(text, path.name)
    faults = _check_header(header, path.name)
    if len(header) == 1 and rows and all(len(row) > 1 for row in rows):
        texts = (f"the first line is no header; it reads: {header[0][:80]}", f"首行不是表头，内容为：{header[0][:80]}")
        faults.append(Fault("E-HEADER", path.name, *texts, row=1))
    else:
        faults += _check_widths(header, rows, lines, path.name)
    if faults:
        raise StudyError(faults)
    frame = pd.DataFrame(rows, columns=header, dtype="object").astype(str)
    return TextTable(path.name, frame, np.asarray(lines, dtype=np.int64), tuple(warnings))


def _split(text: str, file: str) -> tuple[list[str], list[list[str]], list[int]]:
    first = text.split("\n", 1)[0]
    delimiter = "\t" if "\t" in first and "," not in first else ("," if "," in first else _other_delimiter(first))
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(_plain_line_ends(text)), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    start = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append(row)
                lines.append(start)
            start = reader.line_num + 1
    except csv.Error as error:
        message = f"the row that begins here cannot be read: {error}."
        raise StudyError(Fault("E-QUOTE", file, message, "从此行开始无法解析，请检查引号。", row=start)) from error
    if any(_LONE_CR in cell for row in rows for cell in row):
        rows = [[cell.replace(_LONE_CR, "\r") for cell in row] for row in rows]
    return [name.strip() for name in rows[0]], rows[1:], lines[1:]


def _plain_line_ends(text: str) -> str:
    """Make every line end a line feed; a carriage return inside a line stays apart, as the csv module stops at it."""
    text = text.replace("\r\n", "\n")
    return text.replace("\r", _LONE_CR) if "\n" in text else text.replace("\r", "\n")


def _other_delimiter(first: str) -> str:
    return ";" if ";" in first else ","


def _check_header(header: list[str], file: str) -> list[Fault]:
    faults = []
    for position, name in enumerate(header):
        if not name:
            message = f"column {position + 1} has no name."
            faults.append(Fault("E-HEADER", file, message, f"第 {position + 1} 列没有列名。", row=1))
        elif name.lower() in [earlier.lower() for earlier in header[:position]]:
            faults.append(
                Fault("E-HEADER", file, "the column stands twice in the header.", "表头中该列重复。", 1, name)
            )
    return faults


def _check_widths(header: list[str], rows: list[list[str]], lines: list[int], file: str) -> list[Fault]:
    width = len(header)
    return [
        Fault(
            "E-RAGGED",
            file,
            f"{len(row)} cells where the header has {width}.",
            f"有 {len(row)} 个单元格，而表头有 {width} 列。",
            row=line,
        )
        for row, line in zip(rows, lines, strict=True)
        if len(row) != width
    ]
