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

from regions.counting.duck import MEMORY, import_extra, list_files, open_duckdb
from regions.counting.plan import Counted, Plan, check_columns
from regions.counting.portable import NO_YEAR, code_places, compile_pairs, form_counted
from regions.errors import MethodError
from regions.files.writing import atomic_path, sweep_stale, write_text
from regions.messages import say

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_NOTE = "work.json"


@dataclass(frozen=True, slots=True)
class Parts:
    """How the work is split.

    Attributes
    ----------
    folder
        Where finished parts are kept; a later run over the same records, places and plan takes them up, parts of other
        work are removed.
    number
        Number of parts. A record is wholly in one of them, so their sums are exact.
    progress
        Called with the finished and all parts, before the first and after each; parts of an earlier run count as
        finished.
    """

    folder: Path
    number: int = 16
    progress: Callable[[int, int], None] = lambda *_: None


def count_in_parts(
    records: Path, places: "pd.Series[str] | None", plan: Plan, parts: Parts, *, memory: str = MEMORY
) -> Counted:
    """Count the links of a large file part by part; the same table as `regions.counting.duck.count_in_duckdb`.

    There is a part for each year where links are counted by year. Each is written under a temporary name and renamed
    when it is whole: whatever stops the run, the folder holds whole parts only.

    Parameters
    ----------
    records
        A Parquet or CSV file, or a folder of such files. It is read once per part.
    places, plan, memory
        As for `count_in_duckdb`.
    parts
        How the work is split, and where finished parts are kept.

    Raises
    ------
    MethodError, MissingExtraError
        As from `count_in_duckdb`, or when ``parts.number`` is below 1 or the folder holds other files.
    """
    if parts.number < 1:
        raise MethodError(say("counting/parts", number=parts.number))
    coded, labels = (None, None) if places is None else code_places(places)
    _claim(parts, _fingerprint(records, coded, plan, parts))
    parquet = import_extra("pyarrow.parquet", "big")
    query = compile_pairs(plan, "duckdb", placed=coded is not None)
    with open_duckdb(records, coded, memory=memory) as (raw, server):
        check_columns(list(server.headers), plan)
        paths = {
            parts.folder / f"{name}.parquet": condition for name, condition in _list_parts(raw, plan, parts).items()
        }
        parts.progress(0, len(paths))
        for number, (path, condition) in enumerate(paths.items(), start=1):
            if not path.exists():
                raw.execute(f"CREATE OR REPLACE TEMP VIEW records AS FROM memory.main.records WHERE {condition}")
                with atomic_path(path) as temporary:
                    parquet.write_table(raw.sql(query).to_arrow_table(), temporary)
            parts.progress(number, len(paths))
    return form_counted(pd.concat([pd.read_parquet(path) for path in paths], ignore_index=True), plan, labels)


def drop_parts(folder: Path) -> None:
    """Remove the folder of finished parts, if it is one."""
    if (folder / _NOTE).exists():
        shutil.rmtree(folder)


def _list_parts(raw: "DuckDBPyConnection", plan: Plan, parts: Parts) -> dict[str, str]:
    """Return the name of every part -> the condition of its rows."""
    if "year" in plan.by:
        found = raw.execute("SELECT DISTINCT year FROM records ORDER BY year").fetchall() or [(NO_YEAR,)]
        return {"year-none" if year == NO_YEAR else f"year-{year}": f"year = {year}" for (year,) in found}
    return {f"part-{n:04d}": f"hash(record) % {parts.number} = {n}" for n in range(parts.number)}


def _claim(parts: Parts, fingerprint: str) -> None:
    """Take the folder for this work; parts of other work go, and a folder of anything else is refused."""
    note = parts.folder / _NOTE
    if not (note.exists() and json.loads(note.read_text(encoding="utf-8")).get("work") == fingerprint):
        drop_parts(parts.folder)
    parts.folder.mkdir(parents=True, exist_ok=True)
    sweep_stale(parts.folder)
    if not note.exists() and any(parts.folder.iterdir()):
        raise MethodError(say("counting/folder-not-empty", folder=parts.folder))
    write_text(note, json.dumps({"work": fingerprint}))


def _fingerprint(records: Path, places: pd.DataFrame | None, plan: Plan, parts: Parts) -> str:
    """Return a checksum of all that a part depends on; the hash of a record may change with the version of DuckDB."""
    files = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in list_files(records.resolve())]
    digest = hashlib.sha256(json.dumps([files, asdict(plan), parts.number, version("duckdb")]).encode())
    if places is not None:
        digest.update(pd.util.hash_pandas_object(places, index=False).to_numpy().tobytes())
    return digest.hexdigest()
