"""Records -> pairs as one portable expression: the same on DuckDB, Spark and PostgreSQL.

It sums whole numbers only. Sizes of records come out of the same query, as rows without a source, so that the records
are read once.
"""

from typing import TYPE_CHECKING, Any

import pandas as pd

from regions.engine.plan import Counted, Plan, Totals
from regions.engine.shares import BITS, DIGITS, arrange
from regions.errors import MethodError, MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import ibis.expr.types as ir

TYPES = dict.fromkeys(("record", "actor", "kind", "field"), "string") | dict.fromkeys(("year", "place"), "int64")

_LARGEST_PAIR = 16_000
_NO_TEXT = "\x01"  # stands for a missing group, as SQL joins no NULL with another
_NO_YEAR = -(2**31)


def build_pairs(records: "ir.Table", places: "ir.Table | None", plan: Plan) -> "ir.Table":
    """Build the expression that counts ties.

    Parameters
    ----------
    records
        ``record``, ``actor`` and the columns of ``plan.by``; a repeated row counts once.
    places
        ``actor`` (unique) and ``place``; None for ties between actors.
    plan
        What to count.

    Returns
    -------
    Table
        The columns of ``by``, ``source`` <= ``target`` in the order of the database, ``count``, ``records`` and the
        sums of the digits of the shares; and, with NULL for ``source``, one row per size of record: ``count`` is
        the size, ``records`` how many there are.
    """
    import ibis  # noqa: PLC0415 - an extra; 1 s

    by = list(plan.by)
    joint = records.select(*(_fill(records, name) for name in by), "record", "actor").distinct()
    if places is None:
        cells = joint.mutate(place=joint.actor, actors=ibis.literal(1, type="int64")).drop("actor")
    else:
        placed = joint.left_join(places, "actor").select(*by, "record", "place")
        cells = placed.group_by([*by, "record", "place"]).agg(actors=placed.count())
    cells = cells.filter(cells.record.notnull())  # noqa: PD004 - Ibis, not pandas
    sizes = cells.group_by([*by, "record"]).agg(size=cells.actors.sum().cast("int64"))
    pairs = _sum_pairs(cells, _share_out(sizes, plan), plan, inside=places is not None)
    return pairs.union(_list_sizes(sizes, pairs))


def compile_pairs(plan: Plan, dialect: str, *, places: str | None) -> str:
    """Return `build_pairs` over the tables ``records`` and ``places`` as SQL.

    Parameters
    ----------
    plan
        What to count.
    dialect
        ``duckdb``, ``pyspark`` or ``postgres``.
    places
        Type of the column ``place``: ``int64`` or ``string``; None for ties between actors.

    Raises
    ------
    MissingExtraError
        When Ibis, or the package of the dialect, is not installed.
    """
    try:
        import ibis  # noqa: PLC0415 - an extra; 1 s

        # A column that is never read: without it Ibis writes SELECT *, which takes in columns it does not know of.
        schema = {name: TYPES[name] for name in ("record", "actor", *plan.by)} | {"other columns": "string"}
        records = ibis.table(schema, name="records")
        where = None if places is None else ibis.table({"actor": "string", "place": places}, name="places")
        return str(ibis.to_sql(build_pairs(records, where, plan), dialect=dialect))
    except ImportError as error:
        extra = "spark" if dialect == "pyspark" else "big"
        raise MissingExtraError(error.name or "ibis", extra) from error


def form_counted(rows: pd.DataFrame, plan: Plan, labels: "Sequence[str] | None" = None) -> Counted:
    """Form the canonical table from the rows of the expression, which may come in parts."""
    sizes = rows["source"].isna()
    totals = _total(rows.loc[sizes, ["count", "records"]].astype("int64"), plan)
    names = ["count", "records", *(DIGITS if plan.counting != "full" else ())]
    sums = rows.loc[~sizes, [*plan.by, "source", "target", *names]]
    sums = sums.astype(dict.fromkeys(names, "int64"))
    sums = sums.groupby([*plan.by, "source", "target"], as_index=False)[names].sum()
    if labels is not None:
        names_of = pd.Index(list(labels), dtype="str")
        for end in ("source", "target"):
            sums[end] = names_of.take(sums[end].to_numpy(dtype="int64"))
    for name in plan.by:
        sums[name] = sums[name].astype("Int64" if name == "year" else "str")
        sums[name] = sums[name].mask(sums[name] == (_NO_YEAR if name == "year" else _NO_TEXT))
    return Counted(arrange(sums, plan.by), totals)


def _fill(records: "ir.Table", name: str) -> Any:  # noqa: ANN401 - Ibis types are not there without the extra
    column = records[name]
    return column.fill_null(_NO_YEAR if name == "year" else _NO_TEXT).name(name)


def _share_out(sizes: "ir.Table", plan: Plan) -> "ir.Table":
    """Keep the records that give ties, with the digits of what they add to each."""
    shared = sizes.filter(sizes["size"] > 1)
    if plan.max_actors is not None:
        shared = shared.filter(shared["size"] <= plan.max_actors)
    if plan.counting == "full":
        return shared
    size = shared["size"]
    shared = shared.mutate(divisor=size - 1 if plan.counting == "newman" else (size * (size - 1) / 2).cast("int64"))
    shared = shared.mutate(rest=shared.divisor * 0 + 2**BITS)
    for digit in DIGITS:
        left = shared.rest % shared.divisor
        # Integer division is a division of floats on some engines: dividing a multiple is exact on all.
        shared = shared.mutate(**{digit: ((shared.rest - left) / shared.divisor).cast("int64"), "rest": left * 2**BITS})
    return shared.drop("divisor", "rest")


def _sum_pairs(cells: "ir.Table", shared: "ir.Table", plan: Plan, *, inside: bool) -> "ir.Table":
    import ibis  # noqa: PLC0415 - see build_pairs

    keys = [*plan.by, "record"]
    known = cells.filter(cells.place.notnull())  # noqa: PD004 - Ibis, not pandas
    one = known.inner_join(shared, keys)
    other = known.select(*keys, other=known.place, others=known.actors)
    both = one.inner_join(other, [*keys, (one.place <= other.other) if inside else (one.place < other.other)])
    if inside:
        both = both.filter((both.place < both.other) | (both.actors > 1))
        within = (both.actors * (both.actors - 1) / 2).cast("int64")
        both = both.mutate(product=ibis.ifelse(both.place == both.other, within, both.actors * both.others))
    else:
        both = both.mutate(product=ibis.literal(1, type="int64"))
    sums = {"count": both["product"].sum(), "records": both.count()}
    sums |= {digit: (both["product"] * both[digit]).sum() for digit in DIGITS if plan.counting != "full"}
    pairs = both.group_by([*plan.by, "place", "other"]).agg(**sums)
    pairs = pairs.rename(source="place", target="other")
    return pairs.mutate(**{name: pairs[name].cast("int64") for name in sums})


def _list_sizes(sizes: "ir.Table", pairs: "ir.Table") -> "ir.Table":
    """One row per size of record, in the columns of the pairs."""
    import ibis  # noqa: PLC0415 - see build_pairs

    found = sizes.group_by("size").agg(records=sizes.count())
    schema = pairs.schema()
    columns = {name: ibis.null(kind) for name, kind in schema.items()}
    columns |= {name: ibis.literal(0, type="int64") for name in DIGITS if name in schema}
    columns |= {"count": found["size"], "records": found.records}
    return found.select(**columns)


def _total(sizes: pd.DataFrame, plan: Plan) -> Totals:
    size, number = sizes["count"], sizes["records"]
    over = size > plan.max_actors if plan.max_actors is not None else size < 0
    if plan.counting == "pair" and (size[~over] > _LARGEST_PAIR).any():
        raise MethodError(
            f"a record has {size.max()} actors: pair counting needs max_actors of {_LARGEST_PAIR} or less",
            zh=f"有记录含 {size.max()} 个主体：按 pair 计数时 max_actors 不能超过 {_LARGEST_PAIR}",
        )
    return Totals(
        n_records=int(number.sum()),
        n_participations=int((size * number).sum()),
        n_single=int(number[size == 1].sum()),
        n_capped=int(number[over].sum()),
        n_capped_participations=int((size * number)[over].sum()),
    )
