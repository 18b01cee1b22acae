"""Count in parts: bounded memory, a word on the progress after each, and no part done twice after an interruption."""

import hashlib
import io
import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from regions.engine.duck import Limits, code_places, import_extra, list_columns, open_duckdb
from regions.engine.expression import compile_pairs, form_counted
from regions.engine.memory import check_columns
from regions.engine.plan import Counted, Plan
from regions.errors import MethodError
from regions.files import atomic_path, sweep_stale, write_text

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MANIFEST = "parts.json"
_NOTE = "work.json"
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Parts:
    """How the work is split.

    Attributes
    ----------
    folder
        Where finished parts are kept; a later run over the same records, places and plan takes them up.
    number
        Number of parts. A record is wholly in one of them, so their sums are exact.
    progress
        Called with the finished and all parts, before the first and after each; parts of an earlier run count as
        finished.
    by_year
        A part for each year instead, whatever ``number``; for links counted by year.
    replace
        Whether parts of other work in the folder are removed; else they are refused.
    """

    folder: Path
    number: int = 16
    progress: Progress | None = None
    by_year: bool = False
    replace: bool = False


def count_in_parts(
    records: Path,
    places: "pd.Series[str] | None",
    plan: Plan,
    parts: Parts,
    *,
    limits: Limits | None = None,
) -> Counted:
    """Count the ties of a large file part by part; the same table as `regions.engine.duck.count_in_duckdb`.

    Each part is written under a temporary name and renamed when it is whole; the list of parts (`MANIFEST`) comes
    last. Whatever stops the run, the folder holds whole parts only.

    Parameters
    ----------
    records
        A Parquet or CSV file. It is read once per part.
    places, plan, limits
        As for `count_in_duckdb`.
    parts
        How the work is split, and where finished parts are kept.

    Raises
    ------
    MethodError
        When ``parts.number`` is below 1, links are not counted by year but parts are, the folder holds other files,
        or the records lack a column.
    MissingExtraError
        When Ibis or DuckDB is not installed.
    """
    if parts.number < 1:
        raise MethodError(
            f"the number of parts must be at least 1; got {parts.number}",
            zh=f"部分的数量至少为 1，实际为 {parts.number}",
        )
    if parts.by_year and "year" not in plan.by:
        raise MethodError("parts by year need links counted by year", zh="按年份分部分时，联系也须按年份计算")
    coded, labels = code_places(places)
    _claim(parts, _fingerprint(records, coded, plan, parts))
    tables: dict[str, pd.DataFrame | Path] = {"all_records": records}
    tables |= {} if coded is None else {"places": coded}
    query = compile_pairs(plan, "duckdb", places=None if coded is None else "int64")
    tell = parts.progress or (lambda *_: None)
    with open_duckdb(tables, limits) as raw:
        check_columns(list_columns(raw, "all_records"), plan)
        conditions = _list_parts(raw, parts)
        paths = {parts.folder / f"{name}.parquet": condition for name, condition in conditions.items()}
        tell(0, len(paths))
        for number, (path, condition) in enumerate(paths.items(), start=1):
            if not path.exists():
                _count_part(raw, query, condition, path)
            tell(number, len(paths))
    counted = form_counted(pd.concat([pd.read_parquet(path) for path in paths], ignore_index=True), plan, labels)
    write_text(parts.folder / MANIFEST, json.dumps({"parts": [path.name for path in paths], **asdict(counted.totals)}))
    return counted


def drop_parts(folder: Path) -> None:
    """Remove the folder of finished parts, if it is one."""
    if (folder / _NOTE).exists():
        shutil.rmtree(folder)


def _list_parts(raw: "DuckDBPyConnection", parts: Parts) -> dict[str, str]:
    """Return the name of every part -> the condition of its rows."""
    if parts.by_year:
        found = raw.execute("SELECT DISTINCT year FROM all_records ORDER BY year NULLS LAST").fetchall()
        years = [year for (year,) in found] or [None]
        return {
            "year-none" if year is None else f"year-{year}": "year IS NULL" if year is None else f"year = {year}"
            for year in years
        }
    return {f"part-{n:04d}": f"hash(record) % {parts.number} = {n}" for n in range(parts.number)}


def _count_part(raw: "DuckDBPyConnection", query: str, condition: str, path: Path) -> None:
    raw.execute(f"CREATE OR REPLACE TEMP VIEW records AS FROM all_records WHERE {condition}")
    parquet = import_extra("pyarrow.parquet", "big")
    with atomic_path(path) as temporary:
        parquet.write_table(raw.sql(query).to_arrow_table(), temporary)


def _claim(parts: Parts, fingerprint: str) -> None:
    """Take the folder for this work, or raise when it holds other work."""
    note = parts.folder / _NOTE
    known = note.exists() and json.loads(note.read_text(encoding="utf-8")).get("work") == fingerprint
    if parts.replace and not known:
        drop_parts(parts.folder)
    parts.folder.mkdir(parents=True, exist_ok=True)
    sweep_stale(parts.folder)
    if not note.exists():
        if any(parts.folder.iterdir()):
            raise MethodError(
                f"the folder {parts.folder} is not empty and holds no parts of an earlier run",
                zh=f"文件夹 {parts.folder} 不是空的，其中也没有先前运行留下的部分结果",
            )
        write_text(note, json.dumps({"work": fingerprint}))
    elif not known:
        raise MethodError(
            f"the folder {parts.folder} holds parts of other records, places or options; take another one",
            zh=f"文件夹 {parts.folder} 中的部分结果来自其他记录、地区或选项；请另选文件夹",
        )


def _fingerprint(records: Path, places: pd.DataFrame | None, plan: Plan, parts: Parts) -> str:
    """Return a checksum of all that a part depends on; the hash of a record may change with the version of DuckDB."""
    state = records.stat()
    file = [str(records.resolve()), state.st_size, state.st_mtime_ns]
    split = "year" if parts.by_year else parts.number
    digest = hashlib.sha256(json.dumps([file, asdict(plan), split, version("duckdb")]).encode())
    sink = _Digest(digest.update)
    arrow = import_extra("pyarrow", "big")
    given = arrow.Table.from_pandas(pd.DataFrame() if places is None else places, preserve_index=False)
    with arrow.ipc.new_stream(arrow.PythonFile(sink, mode="w"), given.schema) as stream:
        stream.write_table(given.combine_chunks(), max_chunksize=2**16)
    return digest.hexdigest()


class _Digest(io.RawIOBase):
    """A file that is only counted into a checksum: tables of millions of actors are not copied for it."""

    def __init__(self, update: Callable[[bytes], None]) -> None:
        self._update = update

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:  # noqa: ANN401 - any buffer
        self._update(data)
        return len(data)
