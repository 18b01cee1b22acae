"""The command ``convert``: from a source of records to the tables of a study."""

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from regionet.language import Language, find_language
from regionet.terminal import format_table, show, tell

if TYPE_CHECKING:
    from regions.adapters import Conversion
    from regions.adapters.settle import Place


class SourceName(StrEnum):
    """Where records come from."""

    OPENALEX = "openalex"
    CORDIS = "cordis"
    ROR = "ror"
    PATSTAT = "patstat"
    WOS = "wos"
    SCOPUS = "scopus"
    TABLE = "table"


class LevelName(StrEnum):
    """Which region of an actor counts."""

    COUNTRY = "country"
    CITY = "city"
    NUTS1 = "nuts1"
    NUTS2 = "nuts2"
    NUTS3 = "nuts3"


def convert(
    inputs: Annotated[list[Path], typer.Argument(help="Files of the source; for cordis and patstat also a folder.")],
    source: Annotated[SourceName, typer.Option("--from", help="The source of the records.")],
    lang: Annotated[Language, typer.Option("--lang", default_factory=find_language, help="Language of messages.")],
    out: Annotated[Path, typer.Option("--out", help="Folder for the tables; made if missing.")] = Path("regionet-out"),
    region: Annotated[LevelName | None, typer.Option("--region", help="Which region of an actor counts.")] = None,
    study: Annotated[
        str | None, typer.Option("--study", help="Study whose boundaries place the actors that have coordinates.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON on stdout.")] = False,
) -> None:
    """Turn OpenAlex, CORDIS, ROR, PATSTAT, Web of Science, Scopus or a long table into actors.csv and records.csv."""
    from regionet.opening import user_errors
    from regions.adapters import convert_records

    zh = lang is Language.ZH
    with user_errors(lang):
        tell(f"转换 {source.value} …" if zh else f"Converting {source.value} ...")
        place = _build_place(study) if study else None
        (out / "run.json").unlink(missing_ok=True)
        level = region.value if region else None
        done = convert_records(source.value, inputs, out, level=level, place=place)
        if study:
            _write_card(out, study)
        _write_manifest(out, inputs, done, {"from": source.value, "region": level, "study": study})
        _print(done, out, lang, as_json=as_json)


def _build_place(name: str) -> "Place":
    from regionet.locate import build_place
    from regionet.opening import open_study

    return build_place(open_study(name))


def _write_card(out: Path, study: str) -> None:
    """Let the folder extend the embedded study that placed its actors, unless it has a card of its own."""
    from regions import list_studies
    from regions.files import write_text

    card = out / "study.yaml"
    if study in list_studies() and not card.exists():
        write_text(card, f"extends: {study}\n")


def _write_manifest(out: Path, inputs: list[Path], done: "Conversion", parameters: dict[str, Any]) -> None:
    from datetime import UTC, datetime

    from regionet import __version__
    from regions.files import write_text

    files = [file for path in inputs for file in (sorted(path.iterdir()) if path.is_dir() else [path])]
    manifest = {
        "command": "convert",
        "parameters": parameters,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "versions": {"regionet": __version__},
        "inputs": [_describe(path) for path in files if path.is_file()],
        "outputs": [_describe(path) for path in done.tables.files],
        "report": done.report[["reason", "what", "count", "first"]].to_dict("records"),
    }
    write_text(out / "run.json", json.dumps(manifest, ensure_ascii=False, indent=2) + "\n")


def _describe(path: Path) -> dict[str, Any]:
    import hashlib

    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"file": path.name, "bytes": path.stat().st_size, "sha256": digest}


def _print(done: "Conversion", out: Path, lang: Language, *, as_json: bool) -> None:
    tables, zh = done.tables, lang is Language.ZH
    counts = {name: getattr(tables, name) for name in ("actors", "records", "participations", "unplaced")}
    if as_json:
        files = [path.name for path in tables.files]
        report = done.report.to_dict("records")
        show(json.dumps({"out": str(out), "files": files, **counts, "report": report}, ensure_ascii=False))
        return
    labels = (
        ("主体", "记录", "参与", "未定位主体") if zh else ("actors", "records", "participations", "unplaced actors")
    )
    show("，".join(f"{n:,} {label}" for n, label in zip(counts.values(), labels, strict=True)))
    if len(done.report):
        what = {"dropped": "略去" if zh else "left out", "noted": "提示" if zh else "noted"}
        text = done.report["text_zh" if zh else "text"]
        rows = [
            (what[kind], count, reason, first)
            for kind, count, reason, first in zip(
                done.report["what"], done.report["count"], text, done.report["first"], strict=True
            )
        ]
        headers = ("", "数量", "原因", "首处") if zh else ("", "count", "reason", "first")
        show(f"\n{format_table(headers, rows)}\n")
    for path in (*tables.files, out / "run.json"):
        show(str(path))
