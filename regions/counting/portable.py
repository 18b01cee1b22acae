"""Records -> links as one portable expression, for records that do not fit into memory: DuckDB, Spark, PostgreSQL.

Keys are cleaned as the reader of a study does it, and links are added up. Sizes of records come out of the same query,
as rows without a source, so that the records are read once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from regions.counting.plan import Counted, Plan, Totals, form_table
from regions.errors import MethodError, MissingExtraError
from regions.messages import say
from regions.schema.cell_values import YEAR
from regions.schema.headers import match_headers

if TYPE_CHECKING:
    import ibis.expr.types as ir

_INVISIBLE = "\u00a0\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063"
_INVISIBLE += "\u2064\u2066\u2067\u2068\u2069\u3000\ufeff"  # the characters that `regions.schema.cell_values` takes out
_PLAIN = "".join(map(chr, range(0x21, 0x7F)))
_WIDE = "".join(map(chr, range(0xFF01, 0xFF5F)))  # the full-width forms of the same characters
ANY = "int8"  # the type of a column as it is given is not known: a cast from this one is written out
NO_YEAR = -(2**31)  # stands for a missing year, as SQL joins no NULL with another


@dataclass(frozen=True, slots=True)
class Server:
    """An open connection to whatever counts.

    Attributes
    ----------
    dialect
        ``duckdb``, ``pyspark`` or ``postgres``.
    name
        What the records are called in messages.
    headers
        Column of records (``record``, ``actor``, ...) -> its header in the relation ``records_given``.
    run
        SQL -> its rows. It may name ``records_given``, ``records_numbered`` (with ``line``, from 2; NULL where rows
        have no order), ``records`` (see `compile_records`) and ``places`` (``actor``; ``place``, a number, or NULL).
    """

    dialect: str
    name: str
    headers: Mapping[str, str]
    run: Callable[[str], pd.DataFrame]


def match_columns(name: str, columns: Sequence[str]) -> dict[str, str]:
    """Return the columns of records -> their headers; MethodError when there is none for the record or the actor."""
    found = match_headers("records", columns)
    missing = [column for column in ("record", "actor") if column not in found]
    if missing:
        raise MethodError(say("counting/no-column", name=name, missing=missing, columns=columns))
    return found


def code_places(places: "pd.Series[str]") -> tuple[pd.DataFrame, pd.Index]:
    """Return ``actor``, ``place`` with a number for each place (missing when unknown), and the names of the numbers."""
    codes, labels = pd.factorize(places, sort=True)
    number = pd.Series(codes, dtype="Int64").mask(codes < 0)
    return pd.DataFrame({"actor": places.index.astype("str"), "place": number}), pd.Index(labels, dtype="str")


def compile_records(headers: Mapping[str, str], dialect: str, *, clean: bool = True) -> str:
    """Return the SQL of ``records``: the known columns of ``records_given``, cleaned, without rows that lack a key.

    Without ``clean`` (a checked table, or a file of which `compile_unclean` finds nothing) the cells are taken as they
    are; missing groups get a value.
    """

    def build() -> "ir.Table":
        given = name_table("records_given", dict.fromkeys(headers.values(), ANY))
        if clean:
            cleaned = given.select(**clean_columns(given, headers))
            return cleaned.filter(cleaned.record != "", cleaned.actor != "")
        columns: dict[str, Any] = {name: given[header].cast("string") for name, header in headers.items()}
        columns |= {name: columns[name].fill_null("") for name in ("kind", "field") if name in columns}
        if "year" in headers:
            columns["year"] = given[headers["year"]].try_cast("int64").fill_null(NO_YEAR)
        return given.select(**columns)

    return compile_sql(build, dialect)


def compile_unclean(headers: Mapping[str, str], dialect: str) -> str:
    """Return the SQL that finds a first row of ``records_given`` that cleaning changes, or that lacks something."""

    def build() -> "ir.Table":
        given = name_table("records_given", dict.fromkeys(headers.values(), ANY))
        clean = clean_columns(given, headers)
        raw = {name: given[header].cast("string").fill_null("") for name, header in headers.items()}
        odd = (raw["record"] == "") | (raw["actor"] == "")
        for name in headers:
            odd |= raw[name] != (clean[name].cast("string") if name == "year" else clean[name])
        return given.filter(odd).select(raw["record"].name("record")).limit(1)

    return compile_sql(build, dialect)


def count_links(server: Server, plan: Plan, labels: pd.Index | None) -> Counted:
    """Count the links of ``records`` in one query; see `form_counted`."""
    return form_counted(server.run(compile_pairs(plan, server.dialect, placed=labels is not None)), plan, labels)


def compile_pairs(plan: Plan, dialect: str, *, placed: bool) -> str:
    """Return the SQL that counts the links of ``records``; without ``placed`` those between actors.

    It gives the columns of ``by``, ``source`` <= ``target``, ``weight``, ``count``, ``records``; and, with NULL for
    ``source``, one row per size of record: ``count`` is the size, ``records`` how many there are.
    """

    def build() -> "ir.Table":
        import ibis  # noqa: PLC0415 - an extra; 1 s

        types = {name: "int64" if name == "year" else "string" for name in ("record", "actor", *plan.by)}
        records = name_table("records", types)
        keys = [*plan.by, "record"]
        joint = records.select(*keys, "actor").distinct()
        if placed:
            places = name_table("places", {"actor": "string", "place": "int64"})
            joint = joint.left_join(places, "actor").select(*keys, "place")
        else:
            joint = joint.rename(place="actor")
        cells = joint.group_by([*keys, "place"]).agg(actors=ibis._.count())
        sizes = cells.group_by(keys).agg(size=cells.actors.sum().cast("int64"))
        pairs = _sum_pairs(cells, sizes, plan)
        found = sizes.group_by("size").agg(records=sizes.count())
        nothing = {name: ibis.null(kind) for name, kind in pairs.schema().items()}
        return pairs.union(found.select(**(nothing | {"count": found["size"], "records": found.records})))

    return compile_sql(build, dialect)


def _sum_pairs(cells: "ir.Table", sizes: "ir.Table", plan: Plan) -> "ir.Table":
    import ibis  # noqa: PLC0415 - as above

    keys = [*plan.by, "record"]
    shared = sizes.filter(sizes["size"] > 1)
    if plan.max_actors is not None:
        shared = shared.filter(shared["size"] <= plan.max_actors)
    n = shared["size"].cast("float64")
    share = {"full": n * 0 + 1, "newman": 1 / (n - 1), "pair": 2 / (n * (n - 1))}[plan.counting]
    known = cells.filter(cells.place.notnull())  # noqa: PD004 - Ibis, not pandas
    one = known.inner_join(shared.mutate(share=share).drop("size"), keys)
    other = known.select(*keys, other=known.place, others=known.actors)
    both = one.inner_join(other, [*keys, one.place <= other.other])
    both = both.filter((both.place < both.other) | (both.actors > 1))
    within = (both.actors * (both.actors - 1) / 2).cast("int64")
    both = both.mutate(product=ibis.ifelse(both.place == both.other, within, both.actors * both.others))
    sums = {"weight": (both["product"] * both.share).sum(), "count": both["product"].sum(), "records": both.count()}
    pairs = both.group_by([*plan.by, "place", "other"]).agg(**sums).rename(source="place", target="other")
    return pairs.mutate(count=pairs["count"].cast("int64"), records=pairs.records.cast("int64"))


def form_counted(rows: pd.DataFrame, plan: Plan, labels: pd.Index | None) -> Counted:
    """Form the canonical table from the rows of `compile_pairs`, which may come in parts; codes become ``labels``."""
    of_sizes = rows["source"].isna()
    totals = _total(rows.loc[of_sizes, ["count", "records"]].astype("int64"), plan)
    keys = [*plan.by, "source", "target"]
    sums = rows[~of_sizes].groupby(keys, as_index=False)[["weight", "count", "records"]].sum()
    for end in ("source", "target") if labels is not None else ():
        sums[end] = labels.take(sums[end].to_numpy(dtype="int64"))  # type: ignore[union-attr]
    if "year" in plan.by:
        sums["year"] = sums["year"].astype("Int64").mask(sums["year"] == NO_YEAR)
    table = form_table(sums, plan)
    return Counted(table.sort_values(keys, ignore_index=True), totals)


def _total(sizes: pd.DataFrame, plan: Plan) -> Totals:
    size, number = sizes["count"], sizes["records"]
    over = size > plan.max_actors if plan.max_actors is not None else size < 0
    several = (size * number)[over].sum()
    return Totals(
        *map(int, (number.sum(), (size * number).sum(), number[size == 1].sum(), number[over].sum(), several))
    )


def clean_columns(given: "ir.Table", headers: Mapping[str, str]) -> dict[str, Any]:
    """Return the columns of records, cleaned as `regions.schema.cell_values` does: codes, texts, whole years."""
    columns = {}
    for name, header in headers.items():
        text = given[header].cast("string").fill_null("")
        is_code = name not in {"kind", "field"}
        columns[name] = _clean_code(text) if is_code else text.translate(_INVISIBLE, "").strip()
    if "year" in columns:
        year = columns["year"]
        columns["year"] = year.re_search(YEAR).ifelse(year.left(4), str(NO_YEAR)).cast("int64")
    return columns


def find_wrong_year(cell: Any) -> Any:  # noqa: ANN401 - Ibis types are not there without the extra
    """Return whether a cell is no year (1500 to 2099) and not empty."""
    text = _clean_code(cell.cast("string").fill_null(""))
    return (text != "") & ~text.re_search(YEAR)


def _clean_code(text: Any) -> Any:  # noqa: ANN401 - as above
    """Clean a code; the long way is gone by those that may need it only."""
    folded = text.translate(_WIDE + _INVISIBLE, _PLAIN).strip()
    whole = folded.re_search("^[0-9]+[.]0+$").ifelse(folded.left(folded.find(".")), folded)
    return (text.re_search("^[!-~]*$") & ~text.contains(".0")).ifelse(text, whole)


def name_table(name: str, types: Mapping[str, str]) -> "ir.Table":
    """Name a relation of the server and its columns; those of ``types`` alone are read."""
    import ibis  # noqa: PLC0415 - as above

    # A column that is never read: without it Ibis writes SELECT *, which takes in columns it does not know of.
    return ibis.table({**types, "other columns": "string"}, name=name)


def compile_sql(build: "Callable[[], ir.Table]", dialect: str) -> str:
    """Return the SQL of an expression, or raise MissingExtraError naming the extra that brings the dialect."""
    try:
        import ibis  # noqa: PLC0415 - as above

        if dialect == "pyspark":
            getattr(ibis, dialect)  # loads what its SQL depends on
        return str(ibis.to_sql(build(), dialect=dialect))
    except ImportError as error:
        extra = "spark" if dialect == "pyspark" else "big"
        raise MissingExtraError(error.name or "ibis", extra) from error
