"""The command ``links``: count links between regions or actors, in all or by year, kind and field."""

import json
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import unquote, urlsplit

import typer

from regionet.backbone import AlphaOption, Backbone, BackboneOption, add_significance, describe_backbone, keep_backbone
from regionet.language import Language
from regionet.options import (
    DEFAULT_OUT,
    Counting,
    CountingOption,
    JsonOption,
    LanguageOption,
    OutOption,
    StudyOption,
    TopOption,
    UnknownOption,
)
from regionet.record_file import PARTS, RecordFile, RecordsOption, count_file
from regionet.terminal import format_table, show, tell

if TYPE_CHECKING:
    import pandas as pd

    from regionet.runs import Run
    from regions.study import Study


class By(StrEnum):
    """What links are counted apart by."""

    YEAR = "year"
    KIND = "kind"
    FIELD = "field"


class Engine(StrEnum):
    """Where links are counted."""

    MEMORY = "memory"
    DUCKDB = "duckdb"


ByOption = Annotated[
    list[By] | None, typer.Option("--by", help="Count apart by year, kind or field; may be given more than once.")
]
ActorsOption = Annotated[bool, typer.Option("--actors", help="Links between actors, not regions.")]
EngineOption = Annotated[
    Engine, typer.Option("--engine", help="memory, or duckdb for more records than fit (extra 'big').")
]
CapOption = Annotated[
    int | None, typer.Option("--max-actors", min=2, help="Leave out records with more actors, and say how many.")
]
DatabaseOption = Annotated[
    str | None,
    typer.Option("--database", help="Take the records from postgresql://, duckdb:/// or sqlite:///; read only."),
]
QueryOption = Annotated[str, typer.Option("--query", help="Table name or SELECT for --database.")]


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    table: "pd.DataFrame"
    sentences: list[str]
    directed: bool = False


def links(  # noqa: PLR0913, PLR0917 - one parameter per option
    lang: LanguageOption,
    study: StudyOption = "china",
    out: OutOption = DEFAULT_OUT,
    counting: CountingOption = Counting.FULL,
    by: ByOption = None,
    actors: ActorsOption = False,
    engine: EngineOption = Engine.MEMORY,
    max_actors: CapOption = None,
    database: DatabaseOption = None,
    query: QueryOption = "records",
    records: RecordsOption = None,
    on_unknown: UnknownOption = None,
    backbone: BackboneOption = None,
    alpha: AlphaOption = 0.05,
    top: TopOption = 10,
    as_json: JsonOption = False,
) -> None:
    """Count the links between regions, or between actors. Writes links.csv.

    Links between regions carry how far they stand out from chance; --backbone keeps only those that do.
    """
    from maps.export import write_csv
    from regionet.opening import announce_study, start_run
    from regions.engine.parts import drop_parts

    zh = lang is Language.ZH
    with start_run(lang, out, "links.csv") as run:
        run.protect([path for path in (records, _find_database(database)) if path])
        opened = announce_study(study, lang, run, unknown=on_unknown, records=records is None)
        if database is not None:
            opened = _take_records(opened, database, query, lang)
        tell("计算联系 …" if zh else "Counting links ...")
        options: dict[str, Any] = {"counting": counting.value, "by": [str(name) for name in by or []]}
        options |= {"engine": engine.value if records is None else "duckdb", "max_actors": max_actors}
        if records is None:
            found = _count(opened, options, lang, actors=actors)
        else:
            file = RecordFile(records, out / PARTS, "actors" if actors else "regions", quiet=as_json)
            found, opened = _count_file(opened, file, options | {"on_unknown": on_unknown or "error"}, lang)
        if backbone is not None or not actors:
            table = add_significance(found.table, options["by"], directed=found.directed)
            found = replace(found, table=table)
        if backbone is not None:
            found = _keep(found, backbone, alpha, lang)
        run.write("links.csv", lambda path: write_csv(found.table, path))
        options |= {"on_unknown": on_unknown, "actors": actors, "lang": lang.value}
        options |= {"backbone": backbone and backbone.value, "alpha": alpha}
        if records is not None:
            options |= {"records": records.name}
        if database is not None:
            options |= {"database": _hide_password(database), "query": query}
        run.finish("links", opened, options)
        drop_parts(out / PARTS)
        _print(found, run, opened, lang, as_json=as_json, top=top)


def _keep(found: _Found, backbone: Backbone, alpha: float, lang: Language) -> _Found:
    kept = keep_backbone(found.table, backbone, alpha)
    sentence = describe_backbone(found.table, kept, lang)
    return replace(found, table=kept, sentences=[*found.sentences, sentence])


def _take_records(study: "Study", url: str, query: str, lang: Language) -> "Study":
    from regions.engine.database import read_database
    from regions.errors import MethodError

    if study.actors is None:
        raise MethodError(
            f"the study '{study.name}' has no actors to place the records of a database",
            zh=f"研究“{study.name}”没有主体表，无法确定数据库中记录所在的地区",
        )
    records = read_database(url, query)
    unknown = int((~records["actor"].isin(study.actors.index)).sum())
    if lang is Language.ZH:
        tell(f"从数据库读取 {len(records):,} 行参与记录；其中 {unknown:,} 行的主体不在研究中，计入规模但不产生联系。")
    else:
        tell(f"{len(records):,} participations from the database; {unknown:,} of actors that are not in the study,")
        tell("which count in the size of a record and give no link.")
    return replace(study, records=records, links=None)


def _find_database(url: str | None) -> Path | None:
    return Path(unquote(urlsplit(url).path.removeprefix("/"))) if url else None


def _count(study: "Study", options: dict[str, Any], lang: Language, *, actors: bool) -> _Found:
    from regions.engine.plan import Plan
    from regions.errors import MethodError
    from regions.links import count_records, count_region_links

    if not actors:
        counted = count_region_links(study, **options)
        found = _find_regions(counted.table, study, options["by"])
        sentences = _describe(counted, lang) if counted.n_records is not None else []
        return _Found(found, sentences, counted.directed)
    if study.records is None:
        raise MethodError(
            f"the study '{study.name}' has no records, so no links between actors",
            zh=f"研究“{study.name}”没有记录，无法计算主体之间的联系",
        )
    plan = Plan(options["counting"], tuple(options["by"]), options["max_actors"])
    joint = count_records(study.records, plan, engine=options["engine"])
    return _Found(_find_actors(joint.table, study, options["by"]), _describe(joint.totals, lang))


def _count_file(study: "Study", file: RecordFile, options: dict[str, Any], lang: Language) -> tuple[_Found, "Study"]:
    counted, study = count_file(study, file, options, lang)
    find = _find_actors if file.between == "actors" else _find_regions
    return _Found(find(counted.table, study, options["by"]), _describe(counted.totals, lang)), study


def _find_regions(table: "pd.DataFrame", study: "Study", by: list[str]) -> "pd.DataFrame":
    """Keep the links between different units of the study, with their names."""
    known = table[["source", "target"]].isin(set(study.regions.index)).all(axis=1)
    return _label(table[known & (table["source"] != table["target"])], study.regions, by)


def _find_actors(table: "pd.DataFrame", study: "Study", by: list[str]) -> "pd.DataFrame":
    """Keep the links between actors of the study, with their names."""
    from regions.record_links import keep_known

    if study.actors is None:
        return _label(table, study.regions.iloc[:0], by)
    return _label(keep_known(table, study.actors.index), study.actors, by)


def _label(table: "pd.DataFrame", names: "pd.DataFrame", by: list[str]) -> "pd.DataFrame":
    """Put names behind the codes of both ends; the strongest link first in each group."""
    labels = {
        f"{end}_{name}": table[end].map(names[name])
        for end in ("source", "target")
        for name in ("name", "name_zh")
        if name in names
    }
    values = [name for name in table.columns if name not in {*by, "source", "target"}]
    table = table.assign(**labels)[[*by, "source", "target", *labels, *values]]
    rising = [*(True for _ in by), False, True, True]
    return table.sort_values([*by, "weight", "source", "target"], ascending=rising, ignore_index=True)


def _describe(totals: Any, lang: Language) -> list[str]:  # noqa: ANN401 - Totals or RegionLinks: the same five counts
    n = totals
    if lang is Language.ZH:
        text = [f"{n.n_records:,} 条记录，{n.n_participations:,} 次参与；{n.n_single:,} 条只有一个主体，不产生联系。"]
        capped = f"{n.n_capped:,} 条记录（{n.n_capped_participations:,} 次参与）的主体数超过上限，未计入。"
    else:
        text = [f"{n.n_records:,} records, {n.n_participations:,} participations; {n.n_single:,} with one actor only."]
        capped = f"{n.n_capped:,} records ({n.n_capped_participations:,} participations) above the cap were left out."
    return [*text, capped] if n.n_capped else text


def _hide_password(url: str) -> str:
    secret = urlsplit(url).password
    return url.split("?", maxsplit=1)[0].replace(f":{secret}@", ":***@") if secret else url.split("?", maxsplit=1)[0]


def _print(found: _Found, run: "Run", study: "Study", lang: Language, *, as_json: bool, top: int) -> None:
    from maps.codebook import build_headers

    files = [path.name for path in run.outputs]
    if as_json:
        rows = json.loads(found.table.to_json(orient="records"))
        result = {"study": study.name, "out": str(run.folder), "files": files, "links": rows, "notes": found.sentences}
        show(json.dumps(result, ensure_ascii=False))
        return
    name = "name_zh" if lang is Language.ZH else "name"
    wanted = ["year", "kind", "field", f"source_{name}", f"target_{name}", "weight", "records"]
    shown = found.table[[column for column in wanted if column in found.table]].head(top)
    rows = shown.astype(object).where(shown.notna(), None).to_numpy().tolist()
    show(f"\n{format_table(list(build_headers(shown.columns, lang.value).values()), rows)}")
    for sentence in found.sentences:
        show(f"\n{sentence}")
    show("\n" + "\n".join(str(path) for path in run.outputs))
