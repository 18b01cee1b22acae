"""The embedded database: memory limit, spill to disk, no access to anything but the inputs."""

import importlib
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from regions.engine.expression import TYPES, compile_pairs, form_counted
from regions.engine.memory import check_columns
from regions.engine.plan import Counted, Plan
from regions.errors import MethodError, MissingExtraError
from regions.files import describe_full
from regions.headers import match_headers

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_READERS = {".parquet": "read_parquet", ".csv": "read_csv", ".gz": "read_csv"}
_OFF = (
    "preserve_insertion_order",
    "autoinstall_known_extensions",
    "autoload_known_extensions",
    "python_enable_replacements",
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What the database may use.

    Attributes
    ----------
    memory
        Such as ``3GB``; what does not fit is spilled to disk.
    threads
        Number of threads; None takes all cores.
    spill
        Folder in which a temporary folder for spilled data is made; None takes the system's.
    """

    memory: str = "3GB"
    threads: int | None = None
    spill: str | Path | None = None


@contextmanager
def open_duckdb(
    tables: "dict[str, pd.DataFrame | Path]", limits: Limits | None = None, *, ordered: bool = False
) -> Iterator["DuckDBPyConnection"]:
    """Open an embedded database over tables and files, and close every other door.

    Parameters
    ----------
    tables
        Name -> table in memory, or a Parquet or CSV file of records (all columns of a CSV file are text), whose
        headers may be any that a study knows, in English or Chinese.
    limits
        What it may use.
    ordered
        Whether rows come in the order of the file, which takes more memory.

    Yields
    ------
    DuckDBPyConnection
        Has a view of each name, with the columns that the engine knows, and of the table as it is, with ``_given``
        behind the name. Queries cannot open other files or a network, install extensions, or undo this.

    Raises
    ------
    MissingExtraError
        When Ibis or DuckDB is not installed.
    MethodError
        When a file is neither Parquet nor CSV, cannot be read, or has no column for records or actors.
    """
    duckdb = import_extra("duckdb", "big")
    limits = limits or Limits()
    with tempfile.TemporaryDirectory(prefix="regionet-spill-", dir=limits.spill) as spill:
        options: dict[str, Any] = {"memory_limit": limits.memory, "temp_directory": spill, "threads": limits.threads}
        raw = duckdb.connect(":memory:", config={name: value for name, value in options.items() if value})
        try:
            for name in _OFF[ordered:]:
                raw.execute(f"SET {name} = false")
            for name, table in tables.items():
                _register(raw, name, table)
            _lock(raw, [table for table in tables.values() if isinstance(table, Path)], spill)
            yield raw
        except (RuntimeError, duckdb.Error) as error:
            _pass_interrupt(error)
            if "No space left" in str(error) or "max_temp_directory_size" in str(error):
                raise describe_full(Path(spill).parent) from error
            raise
        finally:
            raw.close()


def count_in_duckdb(
    records: pd.DataFrame | Path, places: "pd.Series[str] | None", plan: Plan, *, limits: Limits | None = None
) -> Counted:
    """Count ties in the embedded database; the same table as `regions.engine.memory.count_in_memory`.

    Parameters
    ----------
    records
        A table, or a Parquet or CSV file that need not fit into memory, with the columns of `count_in_memory`.
    places
        As for `count_in_memory`.
    plan
        What to count.
    limits
        Memory, threads and room for spilled data.

    Raises
    ------
    MethodError
        When the records lack a column, or a file is neither Parquet nor CSV.
    MissingExtraError
        When Ibis or DuckDB is not installed.
    """
    coded, labels = code_places(places)
    tables: dict[str, pd.DataFrame | Path] = {"records": records}
    if coded is not None:
        tables["places"] = coded
    with open_duckdb(tables, limits) as raw:
        check_columns(list_columns(raw, "records"), plan)
        query = compile_pairs(plan, "duckdb", places=None if coded is None else "int64")
        return form_counted(raw.sql(query).to_arrow_table().to_pandas(), plan, labels)


def import_extra(name: str, extra: str) -> Any:  # noqa: ANN401 - any module
    """Import an optional package, or raise MissingExtraError naming the extra that brings it."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise MissingExtraError(name, extra) from error


def list_columns(raw: "DuckDBPyConnection", name: str) -> list[str]:
    """Return the columns of a view."""
    return [str(row[0]) for row in raw.execute(f"DESCRIBE {name}").fetchall()]


def code_places(places: "pd.Series[str] | None") -> tuple[pd.DataFrame | None, Sequence[str] | None]:
    """Return ``actor``, ``place`` with a number for each place (NULL when unknown), and the names of the numbers."""
    if places is None:
        return None, None
    codes, labels = pd.factorize(places, sort=True)
    number = pd.Series(codes, dtype="Int64").mask(codes < 0)
    return pd.DataFrame({"actor": places.index.astype("str"), "place": number}), pd.Index(labels).tolist()


def match_columns(file: Path, columns: Sequence[str]) -> dict[str, str]:
    """Return the columns of records -> their headers in a file.

    Raises
    ------
    MethodError
        When there is none for the record or the actor.
    """
    found = match_headers("records", columns)
    missing = [name for name in ("record", "actor") if name not in found]
    if missing:
        raise MethodError(
            f"{file.name} has no column {', '.join(missing)}; it has {', '.join(columns)}",
            zh=f"{file.name} 缺少列 {'、'.join(missing)}；现有：{'、'.join(columns)}",
        )
    return found


def quote_name(name: str) -> str:
    """Return a name as SQL writes one, whatever it holds."""
    return '"' + name.replace('"', '""') + '"'


@contextmanager
def explain_refusal(file: Path) -> Iterator[None]:
    """Turn what the database cannot read in a file into a MethodError with the first line of what it says."""
    duckdb = import_extra("duckdb", "big")
    try:
        yield
    except duckdb.Error as error:
        _pass_interrupt(error)
        said = str(error).strip().splitlines()[0]
        raise MethodError(f"{file.name} cannot be read: {said}", zh=f"无法读取 {file.name}：{said}") from error


def _pass_interrupt(error: Exception) -> None:
    """Raise KeyboardInterrupt for what the database makes of it."""
    if any(mark in str(error) for mark in ("Query interrupted", "INTERRUPT Error", "failed: KeyboardInterrupt")):
        raise KeyboardInterrupt from error


def _register(raw: "DuckDBPyConnection", name: str, table: pd.DataFrame | Path) -> None:
    if isinstance(table, pd.DataFrame):
        arrow = import_extra("pyarrow", "big")
        raw.register(f"{name}_given", arrow.Table.from_pandas(table, preserve_index=False))
        headers = {column: column for column in list_columns(raw, f"{name}_given")}
    else:
        reader = _READERS.get(table.suffix.lower())
        if reader is None:
            raise MethodError(
                f"{table.name} is neither a Parquet nor a CSV file",
                zh=f"{table.name} 既不是 Parquet 文件，也不是 CSV 文件",
            )
        options = ", all_varchar = true" if reader == "read_csv" else ""
        with explain_refusal(table):
            raw.execute(f"CREATE VIEW {name}_given AS FROM {reader}({_quote(str(table))}{options})")
        headers = match_columns(table, list_columns(raw, f"{name}_given"))
    kinds = {"int64": "BIGINT", "string": "VARCHAR"}
    known = [
        f"{quote_name(header)}::{kinds[TYPES[column]]} AS {column}"
        for column, header in headers.items()
        if column in TYPES
    ]
    raw.execute(f"CREATE VIEW {name} AS SELECT {', '.join(known)} FROM {name}_given")  # noqa: S608 - quoted


def _lock(raw: "DuckDBPyConnection", files: Sequence[Path], spill: str) -> None:
    raw.execute(f"SET allowed_paths = [{', '.join(_quote(str(path)) for path in files)}]")
    raw.execute(f"SET allowed_directories = [{_quote(spill)}]")
    raw.execute("SET enable_external_access = false")
    raw.execute("SET lock_configuration = true")


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
