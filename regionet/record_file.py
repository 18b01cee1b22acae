"""Count a file of records that is never loaded, with a bar, and go on where an interrupted run stopped."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from regionet.language import Language
from regionet.terminal import tell

if TYPE_CHECKING:
    from regions.engine.plan import Counted
    from regions.study import Study

PARTS = "links.parts"
"""Folder of finished parts beside the results; removed when the results are written."""

RecordsOption = Annotated[
    Path | None,
    typer.Option("--records", help="Take the records from a Parquet or CSV file of any size (extra 'big')."),
]

_PART_BYTES = {".parquet": 2**26}  # some five million rows
_PLAIN_BYTES = 2**28


@dataclass(frozen=True, slots=True)
class RecordFile:
    """A file of records and what is made of it.

    Attributes
    ----------
    records
        Parquet or CSV.
    folder
        Where finished parts are kept.
    between
        What links are counted between.
    quiet
        Whether no bar is drawn.
    """

    records: Path
    folder: Path
    between: Literal["regions", "actors"] = "regions"
    quiet: bool = False


def count_file(study: "Study", file: RecordFile, options: dict[str, Any], lang: Language) -> tuple["Counted", "Study"]:
    """Count the ties of the file; return them, and the study with the file and what there is to say of it.

    Parameters
    ----------
    study
        Tells where actors are.
    file
        The file, and where parts are kept: a run with the same file, study and options takes them up.
    options
        ``counting``, ``by``, ``max_actors``, ``on_unknown``.
    lang
        Language of what is told.

    Raises
    ------
    StudyError
        When there is no such file, or with what is wrong in it.
    """
    from regionet.progress import show_progress
    from regions.engine.parts import Parts
    from regions.engine.plan import Plan
    from regions.errors import Fault, StudyError
    from regions.files import refuse_special
    from regions.headers import recognise_table
    from regions.record_links import count_record_file

    refuse_special([file.records])
    if not file.records.is_file():
        raise StudyError(Fault("E-FOLDER", str(file.records), "there is no such file.", "文件不存在。"))
    plan = Plan(options["counting"], tuple(options["by"]), options["max_actors"])
    number = 1 + file.records.stat().st_size // _PART_BYTES.get(file.records.suffix.lower(), _PLAIN_BYTES)
    zh = lang is Language.ZH
    try:
        with show_progress("计算联系" if zh else "Counting links", quiet=file.quiet) as progress:
            parts = Parts(file.folder, number, progress, by_year="year" in plan.by, replace=True)
            how: dict[str, Any] = {"between": file.between, "unknown": options["on_unknown"]}
            counted, faults = count_record_file(study, file.records, plan, parts, **how)
    except KeyboardInterrupt:
        tell("已中断；同样的命令会从已完成的部分继续。" if zh else "Interrupted; the same command goes on from here.")
        raise
    for fault in faults:
        tell(f"{fault.code}  {fault.describe(lang.value)}")
    files = [path for path in study.files if recognise_table(path.stem) != "records"]
    return counted, replace(study, warnings=(*study.warnings, *faults), files=(*files, file.records))
