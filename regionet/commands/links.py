"""The command ``links``: count links between regions or actors, in all or by year, kind and field."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from regionet.console.language import Language
from regionet.console.terminal import format_table, show, show_json, tell
from regionet.options import (
    DEFAULT_OUT,
    Counting,
    CountingOption,
    FrameOption,
    JsonOption,
    LanguageOption,
    OutOption,
    PersonsOption,
    StudyOption,
    TopOption,
    UnknownOption,
    YearsOption,
)
from regionet.steps.count_records import (
    PARTS,
    DatabaseOption,
    GivenRecords,
    MasterOption,
    QueryOption,
    RecordsOption,
    choose_engine,
    count_source,
    hide_password,
    list_inputs,
    load_source,
)
from regionet.steps.link_significance import (
    AlphaOption,
    Backbone,
    BackboneOption,
    add_significance,
    describe_backbone,
    keep_backbone,
)
from regionet.steps.open_study import Naming, announce_study, start_run
from regions.messages import say

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from regionet.console.run_folder import Run
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
    SPARK = "spark"


ByOption = Annotated[
    list[By] | None, typer.Option("--by", help="Count apart by year, kind or field; may be given more than once.")
]
ActorsOption = Annotated[bool, typer.Option("--actors", help="Links between actors, not regions.")]
EngineOption = Annotated[
    Engine | None,
    typer.Option(
        "--engine",
        help="memory; duckdb for more records than fit (extra 'big'); spark for a cluster (extra 'spark'). "
        "Default: duckdb with --records, else memory.",
    ),
]
CapOption = Annotated[
    int | None, typer.Option("--max-actors", min=2, help="Leave out records with more actors, and say how many.")
]


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    table: "pd.DataFrame"
    sentences: list[str]
    directed: bool = False


def links(  # noqa: PLR0913, PLR0917 - one parameter per option
    lang: LanguageOption,
    study: StudyOption = "china",
    frame: FrameOption = None,
    out: OutOption = DEFAULT_OUT,
    counting: CountingOption = Counting.FULL,
    by: ByOption = None,
    actors: ActorsOption = False,
    engine: EngineOption = None,
    max_actors: CapOption = None,
    years: YearsOption = None,
    database: DatabaseOption = None,
    query: QueryOption = "records",
    records: RecordsOption = None,
    spark_master: MasterOption = None,
    name_persons: PersonsOption = False,
    on_unknown: UnknownOption = None,
    backbone: BackboneOption = None,
    alpha: AlphaOption = 0.05,
    top: TopOption = 10,
    as_json: JsonOption = False,
) -> None:
    """Count the links between regions, or between actors. Writes links.csv.

    Links between regions carry how far they stand out from chance; --backbone keeps only those that do.
    """
    from maps.exchange.table_files import write_csv
    from regions.counting.parts import drop_parts

    source = GivenRecords(out / PARTS, records, database, query, engine and engine.value, spark_master, quiet=as_json)
    unknown: Literal["error", "drop"] = on_unknown.value if on_unknown else "drop" if database else "error"
    source = replace(source, between="actors" if actors else "regions", unknown=unknown)
    with start_run(lang, out, "links.csv") as run:
        run.protect(list_inputs(source))
        options: dict[str, Any] = {"counting": counting.value, "by": [str(name) for name in by or []]}
        options |= {"engine": choose_engine(source), "max_actors": max_actors}
        own, naming = records is None and database is None, Naming(name_persons)
        opened = announce_study(study, lang, run, naming=naming, frame=frame, unknown=on_unknown, records=own)
        tell(say("progress/goes-on", label=say("progress/count")).text(lang))
        found, opened = _find_links(opened, source, options, lang, years=years)
        found = _judge(found, options["by"], backbone, wanted=not actors)
        found = found if backbone is None else _keep(found, backbone, alpha, lang)
        run.write("links.csv", lambda path: write_csv(found.table, path))
        options |= {"frame": frame, "on_unknown": on_unknown, "years": years, "actors": actors, "lang": lang.value}
        options |= {"backbone": backbone and backbone.value, "alpha": alpha}
        run.finish("links", opened, options | _name_source(records, database, query))
        drop_parts(out / PARTS)
        _print(found, run, opened, lang, as_json=as_json, top=top)


def _name_source(records: "Path | None", database: str | None, query: str) -> dict[str, str]:
    """Return what run.json tells of records that are not the study's own; a password is left out."""
    named = {} if records is None else {"records": records.name}
    return named if database is None else named | {"database": hide_password(database), "query": query}


def _judge(found: _Found, by: list[str], backbone: Backbone | None, *, wanted: bool) -> _Found:
    """Say how far the links stand out where that is wanted or the backbone needs it."""
    if backbone is None and not wanted:
        return found
    return replace(found, table=add_significance(found.table, by, directed=found.directed))


def _keep(found: _Found, backbone: Backbone, alpha: float, lang: Language) -> _Found:
    kept = keep_backbone(found.table, backbone, alpha)
    sentence = describe_backbone(found.table, kept, lang)
    return replace(found, table=kept, sentences=[*found.sentences, sentence])


def _find_links(
    study: "Study", source: GivenRecords, options: dict[str, Any], lang: Language, *, years: tuple[int, int] | None
) -> tuple[_Found, "Study"]:
    """Count the links of the study, or of records elsewhere: where they are, or once they are loaded."""
    from regions.errors import MethodError
    from regions.messages import say
    from regions.study_parts.study_selection import select_study

    between_actors = source.between == "actors"
    if source.records is None and source.database is None:
        study = select_study(study, years=years)
        return _count(study, options, lang, actors=between_actors), study
    if options["engine"] in {"memory", "duckdb"} and (source.database or options["engine"] == "memory"):
        study = select_study(load_source(study, source, lang), years=years)
        return _count(study, options, lang, actors=between_actors), study
    if years is not None:
        raise MethodError(say("links/years-loaded"))
    counted, study = count_source(study, source, options, lang)
    find = _find_actors if between_actors else _find_regions
    return _Found(find(counted.table, study, options["by"]), _describe(counted.totals, lang)), study


def _count(study: "Study", options: dict[str, Any], lang: Language, *, actors: bool) -> _Found:
    from regions.counting.plan import Plan
    from regions.errors import MethodError
    from regions.messages import say
    from regions.records.count_links import count_records, count_region_links
    from regions.study_parts.study_years import describe_other_years, open_years

    if not actors:
        counted = count_region_links(study, **options)
        found = _find_regions(counted.table, study, options["by"])
        sentences = _describe(counted, lang) if counted.n_records is not None else []
        waiting = None if "year" in options["by"] else describe_other_years(study)
        sentences += [waiting.text(lang.value)] if waiting else []
        return _Found(found, sentences, counted.directed)
    if study.records is None:
        raise MethodError(say("study/no-records", study=study.name))
    plan = Plan(options["counting"], tuple(options["by"]), options["max_actors"])
    records = study.records if "year" not in plan.by else open_years(study).records
    assert records is not None  # noqa: S101 - looked at above
    joint = count_records(records, plan, engine=options["engine"])
    return _Found(_find_actors(joint.table, study, options["by"]), _describe(joint.totals, lang))


def _find_regions(table: "pd.DataFrame", study: "Study", by: list[str]) -> "pd.DataFrame":
    """Keep the links between different units of the study, with their names."""
    known = table[["source", "target"]].isin(set(study.regions.index)).all(axis=1)
    return _label(table[known & (table["source"] != table["target"])], study.regions, by)


def _find_actors(table: "pd.DataFrame", study: "Study", by: list[str]) -> "pd.DataFrame":
    """Keep the links between actors of the study, with their names."""
    if study.actors is None:
        return _label(table, study.regions.iloc[:0], by)
    known = table[["source", "target"]].isin(study.actors.index).all(axis=1)
    return _label(table[known], study.actors, by)


def _label(table: "pd.DataFrame", names: "pd.DataFrame", by: list[str]) -> "pd.DataFrame":
    """Put names behind the codes of both ends; the strongest link first in each group."""
    from analysis.loglinear.tolerance import sort_down

    labels = {
        f"{end}_{name}": table[end].map(names[name])
        for end in ("source", "target")
        for name in ("name", "name_zh")
        if name in names
    }
    values = [name for name in table.columns if name not in {*by, "source", "target"}]
    table = table.assign(**labels)[[*by, "source", "target", *labels, *values]]
    return sort_down(table.reset_index(drop=True), "weight", "source", "target", by=by)


def _describe(totals: Any, lang: Language) -> list[str]:  # noqa: ANN401 - Totals or RegionLinks: the same five counts
    n = totals
    told = [say("links/counted", records=n.n_records, participations=n.n_participations, single=n.n_single)]
    if n.n_capped:
        told.append(say("links/capped", records=n.n_capped, participations=n.n_capped_participations))
    return [each.text(lang) for each in told]


def _print(found: _Found, run: "Run", study: "Study", lang: Language, *, as_json: bool, top: int) -> None:
    from maps.words.codebook import build_headers

    if as_json:
        show_json(run, study=study.name, links=found.table, notes=found.sentences)
        return
    name = "name_zh" if lang is Language.ZH else "name"
    wanted = ["year", "kind", "field", f"source_{name}", f"target_{name}", "weight", "records"]
    shown = found.table[[column for column in wanted if column in found.table]].head(top)
    if "year" in shown:
        shown = shown.assign(year=shown["year"].astype("string"))  # a name, without a comma in it
    rows = shown.astype(object).where(shown.notna(), None).to_numpy().tolist()
    show(f"\n{format_table(list(build_headers(shown.columns, lang.value).values()), rows)}")
    for sentence in found.sentences:
        show(f"\n{sentence}")
    show("\n" + "\n".join(str(path) for path in run.outputs))
