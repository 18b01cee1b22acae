"""Count in parts: bounded memory, a word on the progress after each, and no part done twice after an interruption."""

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

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
        Called with the finished and all parts, after each; parts of an earlier run count as finished.
    """

    folder: Path
    number: int = 16
    progress: Progress | None = None


def count_in_parts(
    records: Path, places: "pd.Series[str] | None", plan: Plan, parts: Parts, *, limits: Limits | None = None
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
        When ``parts.number`` is below 1, the folder holds parts of other work, or the records lack a column.
    MissingExtraError
        When Ibis or DuckDB is not installed.
    """
    if parts.number < 1:
        raise MethodError(f"the number of parts must be at least 1; got {parts.number}")
    coded, labels = code_places(places)
    _claim(parts, _fingerprint(records, coded, plan, parts.number))
    tables: dict[str, pd.DataFrame | Path] = {"all_records": records}
    if coded is not None:
        tables["places"] = coded
    query = compile_pairs(plan, "duckdb", places=None if coded is None else "int64")
    paths = [parts.folder / f"part-{number:04d}.parquet" for number in range(parts.number)]
    with open_duckdb(tables, limits) as raw:
        check_columns(list_columns(raw, "all_records"), plan)
        for number, path in enumerate(paths):
            if not path.exists():
                _count_part(raw, query, (number, parts.number), path)
            if parts.progress is not None:
                parts.progress(number + 1, parts.number)
    counted = form_counted(pd.concat([pd.read_parquet(path) for path in paths], ignore_index=True), plan, labels)
    write_text(parts.folder / MANIFEST, json.dumps({"parts": [path.name for path in paths], **asdict(counted.totals)}))
    return counted


def drop_parts(folder: Path) -> None:
    """Remove the folder of finished parts, if it is one."""
    if (folder / "work.json").exists():
        shutil.rmtree(folder)


def _count_part(raw: "DuckDBPyConnection", query: str, part: tuple[int, int], path: Path) -> None:
    number, count = part
    chosen = f"hash(record) % {count} = {number}"
    raw.execute(f"CREATE OR REPLACE TEMP VIEW records AS FROM all_records WHERE {chosen}")
    parquet = import_extra("pyarrow.parquet", "big")
    with atomic_path(path) as temporary:
        parquet.write_table(raw.sql(query).to_arrow_table(), temporary)


def _claim(parts: Parts, fingerprint: str) -> None:
    """Take the folder for this work, or raise when it holds other work."""
    parts.folder.mkdir(parents=True, exist_ok=True)
    sweep_stale(parts.folder)
    note = parts.folder / "work.json"
    if not note.exists():
        if any(parts.folder.iterdir()):
            raise MethodError(
                f"the folder {parts.folder} is not empty and holds no parts of an earlier run",
                zh=f"文件夹 {parts.folder} 不是空的，其中也没有先前运行留下的部分结果",
            )
        write_text(note, json.dumps({"work": fingerprint}))
    elif json.loads(note.read_text(encoding="utf-8")).get("work") != fingerprint:
        raise MethodError(
            f"the folder {parts.folder} holds parts of other records, places or options; take another one",
            zh=f"文件夹 {parts.folder} 中的部分结果来自其他记录、地区或选项；请另选文件夹",
        )


def _fingerprint(records: Path, coded: pd.DataFrame | None, plan: Plan, number: int) -> str:
    """Return a checksum of all that a part depends on; the hash of a record may change with the version of DuckDB."""
    state = records.stat()
    file = [str(records.resolve()), state.st_size, state.st_mtime_ns]
    digest = hashlib.sha256(json.dumps([file, asdict(plan), number, version("duckdb")]).encode())
    if coded is not None:
        digest.update(pd.util.hash_pandas_object(coded, index=False).to_numpy().tobytes())
    return digest.hexdigest()
