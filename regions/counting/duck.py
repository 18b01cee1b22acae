"""The embedded database: memory limit, spill to disk, no access to anything but the inputs."""

import importlib
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from regions.counting.plan import Counted, Plan, check_columns
from regions.counting.portable import Server, code_places, compile_records, compile_unclean, count_links, match_columns
from regions.errors import MethodError, MissingExtraError
from regions.files.writing import describe_full
from regions.messages import say

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY = "3GB"
_READERS = {".parquet": "read_parquet", ".csv": "read_csv", ".gz": "read_csv"}
_OFF = ("autoinstall_known_extensions", "autoload_known_extensions", "python_enable_replacements")
_INTERRUPTS = ("Query interrupted", "INTERRUPT Error", "failed: KeyboardInterrupt")


@contextmanager
def open_duckdb(
    records: pd.DataFrame | Path, places: pd.DataFrame | None, *, memory: str = MEMORY
) -> Iterator[tuple["DuckDBPyConnection", Server]]:
    """Open an embedded database over records, and close every other door.

    Parameters
    ----------
    records
        A checked table in memory, or a Parquet or CSV file (UTF-8, all columns text), or a folder of such files, whose
        headers may be any that a study knows, in English or Chinese.
    places, memory
        See `regions.counting.portable.code_places`; what does not fit into memory is spilled to a temporary folder.

    Yields
    ------
    DuckDBPyConnection, Server
        Queries cannot open other files or a network, install extensions, or undo this.

    Raises
    ------
    MissingExtraError, MethodError
        When Ibis or DuckDB is not installed (extra ``big``); when a file cannot be read, or lacks a column.
    """
    duckdb = import_extra("duckdb", "big")
    name = records.name if isinstance(records, Path) else "records"
    with tempfile.TemporaryDirectory(prefix="regionet-spill-") as spill:
        raw = duckdb.connect(":memory:", config={"memory_limit": memory, "temp_directory": spill})
        try:
            for option in _OFF:
                raw.execute(f"SET {option} = false")
            _name_given(raw, records, places)
            headers = match_columns(name, [str(row[0]) for row in raw.execute("DESCRIBE records_given").fetchall()])
            # Cleaning costs much where nothing is to clean: look once.
            clean = isinstance(records, Path) and bool(raw.execute(compile_unclean(headers, "duckdb")).fetchall())
            raw.execute(f"CREATE VIEW records AS {compile_records(headers, 'duckdb', clean=clean)}")
            _lock(raw, list_files(records) if isinstance(records, Path) else [], spill)
            yield raw, Server("duckdb", name, headers, lambda query: raw.sql(query).to_arrow_table().to_pandas())
        except (RuntimeError, duckdb.Error) as error:
            if any(mark in str(error) for mark in _INTERRUPTS):
                raise KeyboardInterrupt from error
            if "No space left" in str(error) or "max_temp_directory_size" in str(error):
                raise describe_full(Path(spill).parent) from error
            if not isinstance(error, duckdb.Error):
                raise
            said = str(error).strip().splitlines()[0]
            raise MethodError(say("counting/unreadable", name=name, said=said)) from error
        finally:
            raw.close()


def count_in_duckdb(
    records: pd.DataFrame | Path, places: "pd.Series[str] | None", plan: Plan, *, memory: str = MEMORY
) -> Counted:
    """Count links in the embedded database; the same table as `regions.counting.memory.count_in_memory`.

    Parameters
    ----------
    records
        See `open_duckdb`; a file need not fit into memory.
    places, plan
        As for `count_in_memory`.
    memory
        See `open_duckdb`.

    Raises
    ------
    MethodError, MissingExtraError
        As from `open_duckdb`, or when the records lack a column.
    """
    coded, labels = (None, None) if places is None else code_places(places)
    with open_duckdb(records, coded, memory=memory) as (_, server):
        check_columns(list(server.headers), plan)
        return count_links(server, plan, labels)


def import_extra(name: str, extra: str) -> Any:  # noqa: ANN401 - any module
    """Import an optional package, or raise MissingExtraError naming the extra that brings it."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise MissingExtraError(name, extra) from error


def _name_given(raw: "DuckDBPyConnection", records: pd.DataFrame | Path, places: pd.DataFrame | None) -> None:
    arrow = import_extra("pyarrow", "big")
    for name, table in (("records_given", records), ("places", places)):
        if isinstance(table, pd.DataFrame):
            raw.register(name, arrow.Table.from_pandas(table, preserve_index=False))
    if isinstance(records, Path):
        files = list_files(records)
        reader = _READERS[files[0].suffix.lower()]
        options = ", all_varchar = true" if reader == "read_csv" else ""
        raw.execute(f"CREATE VIEW records_given AS FROM {reader}({_list_quoted(files)}{options})")
    raw.execute("CREATE VIEW records_numbered AS SELECT row_number() OVER () + 1 AS line, * FROM records_given")


def list_files(path: Path) -> list[Path]:
    """Return a file, or the Parquet files of a folder, or else its CSV files, sorted.

    Raises
    ------
    MethodError
        When there is none.
    """
    found = sorted(path.iterdir()) if path.is_dir() else [path]
    for suffix in _READERS:
        files = [item for item in found if item.suffix.lower() == suffix]
        if files:
            return files
    raise MethodError(say("counting/no-records-file", file=path.name))


def _lock(raw: "DuckDBPyConnection", inputs: list[Path], spill: str) -> None:
    raw.execute(f"SET allowed_paths = {_list_quoted(inputs)}")
    raw.execute(f"SET allowed_directories = {_list_quoted([spill])}")
    raw.execute("SET enable_external_access = false")
    raw.execute("SET lock_configuration = true")


def _list_quoted(texts: Sequence[str | Path]) -> str:
    return "[" + ", ".join("'" + str(text).replace("'", "''") + "'" for text in texts) + "]"
