"""Read a Parquet file as text; its schema and its statistics are checked before any data are read."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from regions.errors import Fault, MissingExtraError, StudyError
from regions.files.limits import RATIO, refuse_cells, refuse_expansion
from regions.files.sniff import expect
from regions.files.text_table import TextTable, check_header
from regions.messages import say
from regions.schema.tables import TABLES

if TYPE_CHECKING:
    import pyarrow as pa

_LARGEST = 2_000_000_000
_LONGEST_TEXT = 100_000
_LARGE = 10_000_000


def read_parquet(path: Path, name: str) -> TextTable:
    """Read the table ``name``; row numbers in messages count the header as 1, as in a CSV file.

    Raises
    ------
    StudyError
        ``E-FORMAT``: no Parquet file, or damaged; ``E-TYPE``: a column that holds lists, structs or binary data, or
        text where the table has numbers; ``E-BOMB``: the file unpacks to more than 100 times its size.
    MissingExtraError
        pyarrow is not installed.
    """
    with path.open("rb") as handle:
        expect(handle.read(512), path.name, frozenset({"parquet"}), say("formats/parquet").words)
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        import pyarrow.parquet as pq  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError("pyarrow", "parquet") from error
    try:
        texts = _text_columns(pq.read_schema(path))
        with pq.ParquetFile(path, read_dictionary=texts) as file:
            _check_size(file.metadata, path)
            faults = [
                *check_header(file.schema_arrow.names, path.name),
                *_check_types(file.schema_arrow, path.name, name),
            ]
            if faults:
                raise StudyError(faults)
            table = file.read()
            _check_texts(table, path)
    except (pa.ArrowException, OSError) as error:
        raise StudyError(Fault.of(path.name, say("E-FORMAT/parquet"))) from error
    frame = pd.DataFrame({column: _to_text(table[column]) for column in table.column_names})
    lines = np.arange(2, len(frame) + 2, dtype=np.int64)
    return TextTable(path.name, frame, lines, _warn_numbers(table.schema, path.name, name))


def _canonical(name: str, header: str) -> str:
    from regions.schema.headers import match_headers  # noqa: PLC0415 - as the tables need it only here

    return next((key for key, value in match_headers(name, [header]).items() if value == header), header)


def _check_size(metadata: Any, path: Path) -> None:  # noqa: ANN401 - pyarrow has no types
    size = path.stat().st_size
    groups = [metadata.row_group(i) for i in range(metadata.num_row_groups)]
    unpacked = sum(group.total_byte_size for group in groups)
    grown = unpacked > _LARGE and unpacked > RATIO * size
    refuse_cells(metadata.num_rows * metadata.num_columns, size, path.name)
    if grown or unpacked > _LARGEST:
        raise StudyError(Fault.of(path.name, say("E-BOMB/parquet", unpacked=unpacked, rows=metadata.num_rows)))


def _text_columns(schema: "pa.Schema") -> list[str]:
    """Name the columns of text: they are read as dictionaries, where a long text of many rows is kept once."""
    return [field.name for field in schema if _is_text(field.type)]


def _check_texts(table: "pa.Table", path: Path) -> None:
    """Refuse texts that are absurdly long, or that fill the memory when each row gets its own copy."""
    import pyarrow as pa  # noqa: PLC0415 - an extra
    import pyarrow.compute as pc  # noqa: PLC0415 - an extra

    written = 0
    for name in table.column_names:
        if not pa.types.is_dictionary(table[name].type):
            continue
        for chunk in table[name].chunks:
            if not _is_text(chunk.dictionary.type):
                continue
            lengths = pc.binary_length(chunk.dictionary)
            longest = pc.max(lengths).as_py() or 0
            written += pc.sum(lengths.take(chunk.indices)).as_py() or 0
            if longest > _LONGEST_TEXT:
                raise StudyError(Fault.of(path.name, say("E-TYPE/long-text", longest=longest), column=name))
    refuse_expansion(written, path.stat().st_size, path.name)


def _check_types(schema: "pa.Schema", file: str, name: str) -> list[Fault]:
    """Find columns whose type cannot hold what the table needs."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    faults = []
    for field in schema:
        kind = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
        column = TABLES[name].get(_canonical(name, field.name))
        wants_number = column is not None and column.kind in {"number", "lon", "lat"}
        simple = _is_text(kind) or pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_boolean(kind)
        simple = simple or pa.types.is_date(kind) or pa.types.is_timestamp(kind) or pa.types.is_null(kind)
        simple = simple or pa.types.is_decimal(kind)
        if not simple or (wants_number and not _is_number(kind)):
            key = "E-TYPE/no-number" if wants_number else "E-TYPE/no-text"
            faults.append(Fault.of(file, say(key, type=str(field.type)[:80]), column=field.name))
    return faults


def _is_text(kind: Any) -> bool:  # noqa: ANN401 - pyarrow has no types
    import pyarrow as pa  # noqa: PLC0415 - an extra

    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _is_number(kind: Any) -> bool:  # noqa: ANN401 - pyarrow has no types
    import pyarrow as pa  # noqa: PLC0415 - an extra

    tests = (pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal, pa.types.is_null)
    return any(test(kind) for test in tests)


def _to_text(column: Any) -> "pd.Series[str]":  # noqa: ANN401 - pyarrow has no types
    """Return text: whole numbers without a point, missing values and NaN as ""."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    kind = column.type
    if pa.types.is_floating(kind):
        numbers = column.to_numpy()
        whole = [("" if number != number else repr(float(number)).removesuffix(".0")) for number in numbers.tolist()]  # noqa: PLR0124 - NaN
        return pd.Series(whole, dtype="str")
    values = column.cast(pa.string()) if not pa.types.is_null(kind) else pa.nulls(len(column), pa.string())
    return pd.Series(values.to_pylist(), dtype="object").fillna("").astype("str")


def _warn_numbers(schema: "pa.Schema", file: str, name: str) -> tuple[Fault, ...]:
    """Say which columns of codes are stored as numbers: leading zeros are lost there."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    faults = []
    for field in schema:
        column = TABLES[name].get(_canonical(name, field.name))
        if column is not None and column.kind == "code" and not _is_text(field.type):
            if pa.types.is_dictionary(field.type) and _is_text(field.type.value_type):
                continue
            faults.append(Fault.of(file, say("W-CODEFLOAT/parquet", type=field.type), column=field.name))
    return tuple(faults)
