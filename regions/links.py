"""From who took part in what to collaboration links: records -> pairs of actors -> pairs of regions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from regions.errors import MethodError

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from regions.study import Study

Counting = Literal["full", "newman", "pair"]
Source = Literal["auto", "links", "records"]

COUNTINGS: Sequence[str] = get_args(Counting)
SOURCES: Sequence[str] = get_args(Source)


@dataclass(frozen=True, slots=True, eq=False)
class RegionLinks:
    """Collaboration between and inside the units of a study.

    Attributes
    ----------
    table
        One row per pair of units that collaborate, sorted by ``source``, ``target`` (codes; either end may
        lie outside the focus of the study). ``source == target`` is collaboration inside a unit. If not
        ``directed``, ``source <= target``. ``weight`` (float, > 0): by the chosen counting. ``count``
        (int64): joint collaborations under full counting; absent when links were given with weights that are
        not whole numbers. ``records`` (int64): distinct records in which both ends (inside: two actors) took
        part; absent when links were given.
    counting
        ``full``, ``newman``, ``pair``, or ``given`` when the weights come from the links table.
    modelled
        Whether some of the links are the result of a model, not of observation.
    directed
        Whether the order of ``source`` and ``target`` means something.
    n_records, n_participations
        Distinct records, and distinct pairs of record and actor; None when links were given.
    n_single
        Records with one actor only: they give no tie; None when links were given.
    """

    table: pd.DataFrame
    counting: str
    modelled: bool = False
    directed: bool = False
    n_records: int | None = None
    n_participations: int | None = None
    n_single: int | None = None


def count_actor_links(records: pd.DataFrame, *, counting: Counting = "full") -> pd.DataFrame:
    r"""Count the ties between actors that took part in the same records.

    A record :math:`r` with :math:`n_r` distinct actors adds to each of its pairs: 1 (``full``),
    :math:`1/(n_r-1)` (``newman``: the strength of an actor is then its number of joint records [1]_), or
    :math:`2/(n_r(n_r-1))` (``pair``: every record counts 1 in all). Records with one actor give no tie.

    Parameters
    ----------
    records
        ``record`` and ``actor``, one row per participation; a repeated row counts once.
    counting
        ``full``, ``newman`` or ``pair``.

    Returns
    -------
    DataFrame
        One row per pair that shares a record, sorted: ``source`` < ``target`` (actor ids), ``weight``
        (float), ``count`` and ``records`` (int64; equal, as two actors meet once in a record). It does not
        depend on the order of the rows.

    Raises
    ------
    MethodError
        When ``counting`` is not one of the three.

    References
    ----------
    .. [1] Newman, M. E. J. (2001). Scientific collaboration networks II. Physical Review E 64, 016132.
       https://doi.org/10.1103/PhysRevE.64.016132
    """
    _check_option("counting", counting, COUNTINGS)
    joint = _drop_repeats(records)
    return _count_pairs(joint["record"], joint["actor"], counting)


def count_region_links(study: "Study", *, counting: Counting = "full", source: Source = "auto") -> RegionLinks:
    """Count the collaboration between, and inside, the units of a study.

    The ties of the actors (see `count_actor_links`; :math:`n_r` counts actors, not regions) are added up over
    the units in which the actors sit. Records are summed by the number of actors each unit has in them, so a
    record with thousands of actors costs no more than its units.

    Parameters
    ----------
    study
        Units outside the focus are kept as ends of links.
    counting
        How a record is shared out over its pairs; without effect on links.
    source
        ``auto`` takes the links if the study has them (its records are then detail), else the records;
        ``links`` and ``records`` insist on one.

    Returns
    -------
    RegionLinks
        The table of pairs and what it was counted from. Joint records have no direction, so links counted
        from records are undirected even in a directed study.

    Raises
    ------
    MethodError
        When an option is unknown, or the study has not the table asked for.
    """
    _check_option("counting", counting, COUNTINGS)
    _check_option("source", source, SOURCES)
    if study.links is not None and source != "records":
        return _sum_links(study, study.links)
    if study.records is not None and study.actors is not None and source != "links":
        return _count_records(study, study.records, study.actors, counting)
    wanted = "neither links nor records" if source == "auto" else f"no {source}"
    raise MethodError(f"study {study.name!r} has {wanted}, so there is no collaboration to count")


def _check_option(name: str, value: str, allowed: Sequence[str]) -> None:
    if value not in allowed:
        raise MethodError(f"{name} must be one of {', '.join(allowed)}; got {value!r}")


def _drop_repeats(records: pd.DataFrame) -> pd.DataFrame:
    return records[["record", "actor"]].drop_duplicates()


def _count_records(study: "Study", records: pd.DataFrame, actors: pd.DataFrame, counting: Counting) -> RegionLinks:
    joint = _drop_repeats(records)
    unit = study.unit_of.loc[actors["region"].loc[joint["actor"]].to_numpy()]
    sizes = joint.groupby("record").size()
    return RegionLinks(
        table=_count_pairs(joint["record"], unit, counting),
        counting=counting,
        n_records=len(sizes),
        n_participations=len(joint),
        n_single=int((sizes == 1).sum()),
    )


def _count_pairs(record: "pd.Series[str]", node: "pd.Series[str]", counting: Counting) -> pd.DataFrame:
    """Sum over records; equal entries of ``node`` in one record are different actors at the same place."""
    from scipy import sparse  # noqa: PLC0415 - 0.3 s that reading and checking a study need not wait for

    rows, labels = pd.factorize(record, sort=True)
    columns, nodes = pd.factorize(node, sort=True)
    shape = (len(labels), len(nodes))
    present = sparse.coo_array((np.ones(len(rows), dtype=np.int64), (rows, columns)), shape=shape).tocsr()
    share = _share_records(np.bincount(rows, minlength=shape[0]), counting)
    # Rows are in the order of the record names: sums of fractions do not depend on the order of the file.
    weighted = present.astype(float).multiply(share[:, None]).tocsr()
    together = {
        "weight": present.T.astype(float) @ weighted,
        "count": present.T @ present,
        "records": present.sign().T @ present.sign(),
    }
    inside = _count_inside(present, share)
    table = pd.concat([_list_between(together), inside], ignore_index=True)
    table = table.sort_values(["source", "target"], ignore_index=True)
    return table.assign(source=nodes[table["source"]], target=nodes[table["target"]])


def _share_records(sizes: npt.NDArray[np.int64], counting: Counting) -> npt.NDArray[np.float64]:
    """Return what a record of each size adds to one pair of its actors."""
    n = np.maximum(sizes, 2)  # a record of one has no pair, so its share is never used
    if counting == "newman":
        return np.asarray(1.0 / (n - 1))
    if counting == "pair":
        return np.asarray(2.0 / (n * (n - 1)))
    return np.ones(len(sizes))


def _list_between(together: "dict[str, csr_array]") -> pd.DataFrame:
    """List the upper triangle of three symmetric matrices that have the same filled cells."""
    from scipy import sparse  # noqa: PLC0415 - see _count_pairs

    upper = {name: sparse.triu(matrix, k=1, format="csr") for name, matrix in together.items()}
    for matrix in upper.values():
        matrix.sort_indices()
    cells = upper["count"].tocoo()
    return pd.DataFrame(
        {"source": cells.row, "target": cells.col} | {name: matrix.data for name, matrix in upper.items()}
    )


def _count_inside(present: "csr_array", share: npt.NDArray[np.float64]) -> pd.DataFrame:
    """List the pairs of actors at the same place: n(n-1)/2 in each record."""
    cells = present.tocoo()
    many = cells.data > 1
    place, n = cells.col[many], cells.data[many]
    found = pd.DataFrame(
        {
            "source": place,
            "target": place,
            "weight": n * (n - 1) / 2 * share[cells.row[many]],
            "count": n * (n - 1) // 2,
            "records": 1,
        }
    )
    return found.groupby(["source", "target"], as_index=False).sum()


def _sum_links(study: "Study", links: pd.DataFrame) -> RegionLinks:
    source, target = (study.unit_of.loc[links[end]].to_numpy(dtype=object) for end in ("source", "target"))
    if not study.directed:
        swap = source > target
        source, target = np.where(swap, target, source), np.where(swap, source, target)
    weight = links["weight"].to_numpy(dtype=float)
    rows = pd.DataFrame({"source": source, "target": target, "weight": weight})
    # Sorted by weight too: a float sum must not depend on the order of the file.
    rows = rows.sort_values(["source", "target", "weight"])
    table: pd.DataFrame = rows.groupby(["source", "target"])[["weight"]].sum().reset_index()
    if (table["weight"] % 1 == 0).all():
        table["count"] = table["weight"].astype("int64")
    modelled = "origin" in links and bool((links["origin"] == "modelled").any())
    return RegionLinks(table=table, counting="given", modelled=modelled, directed=study.directed)
