"""The one list of measures that give regions a number.

A measure is registered once, with its function, its columns and their words. The table of scores, the intervals of the
bootstrap, the codebook, the page and docs/measures.md all read this list.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

from analysis.scores.batch import Batch, map_batch
from regions.errors import MethodError
from regions.messages import say
from regions.words import Words

Form: TypeAlias = Literal["number", "count", "share", "text"]
Unit: TypeAlias = Literal["none", "weight", "regions", "indicator"]

UNITS: Mapping[Unit, Words] = MappingProxyType(
    {
        "none": Words("no unit", "无单位"),
        "weight": Words("weight of links", "联系权重"),
        "regions": Words("regions", "个地区"),
        "indicator": Words("unit of the indicator", "所用指标的单位"),
    }
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of scores.

    Attributes
    ----------
    name
        Of the column in tables.
    label, meaning
        Header and explanation, in both languages.
    form
        How its values are written: ``count`` (whole or nearly whole numbers), ``share`` (0 to 1, as percent),
        ``number`` or ``text``.
    unit
        Key of `UNITS`.
    signed
        Whether values run to both sides of a zero that means something.
    better
        Which end is the favourable one: ``more``, ``less``, or None where neither is.
    drawn
        Whether the bootstrap gives it an interval; not for labels and for what does not come from records.
    """

    name: str
    label: Words
    meaning: Words
    form: Form = "number"
    unit: Unit = "none"
    signed: bool = False
    better: Literal["more", "less"] | None = None
    drawn: bool = True


@dataclass(frozen=True, slots=True)
class Measure:
    """A family of columns that one function computes.

    Attributes
    ----------
    name
        Of the family, such as ``cores``.
    function
        Batch of networks -> column name -> (B, n) scores. Columns that it leaves out are not there for such a network.
    columns
        All columns that it may give, in their order.
    formula, source
        For the documents.
    needs
        What the function takes from `analysis.scores.batch.Context`: ``own`` (the indicator), or names of labels.
    shown
        Whether the columns are among the scores of demo, page and report; else only in the table of ``score``.
    """

    name: str
    function: Callable[[Batch], Mapping[str, Any]]
    columns: tuple[Column, ...]
    formula: str = ""
    source: str = ""
    needs: tuple[str, ...] = ()
    shown: bool = True


_MEASURES: dict[str, Measure] = {}


def register_measure(measure: Measure) -> Measure:
    """Add a measure to the list, at its end; return it.

    Raises
    ------
    MethodError
        When its name, or the name of one of its columns, is taken.

    Examples
    --------
    >>> from regions.words import Words
    >>> column = Column("half", Words("Half strength", "半强度"), Words("Half of the strength", "强度的一半"))
    >>> measure = register_measure(Measure("half", lambda batch: {"half": batch.sum_weights() / 2}, (column,)))
    >>> find_column("half").label.zh
    '半强度'
    >>> remove_measure("half")
    """
    taken = [column.name for column in measure.columns if find_column(column.name) is not None]
    if measure.name in _MEASURES or taken:
        raise MethodError(f"there is a measure {measure.name!r} already, or one with a column {', '.join(taken)}")
    _MEASURES[measure.name] = measure
    return measure


def remove_measure(name: str) -> None:
    """Take a measure off the list; nothing happens when it is not on it."""
    _MEASURES.pop(name, None)


def list_measures() -> tuple[Measure, ...]:
    """Return all measures in the order in which they were registered.

    Examples
    --------
    >>> from regionet import analysis
    >>> "centrality" in [measure.name for measure in analysis.list_measures()]
    True
    """
    return tuple(_MEASURES.values())


def find_measures(names: Iterable[str]) -> tuple[Measure, ...]:
    """Return the named measures, in the order of the list.

    Raises
    ------
    MethodError
        For a name that is not on the list.
    """
    wanted = tuple(names)
    unknown = [name for name in wanted if name not in _MEASURES]
    if unknown:
        raise MethodError(say("scores/unknown-measure", known=_MEASURES, unknown=[repr(name) for name in unknown]))
    return tuple(measure for measure in _MEASURES.values() if measure.name in wanted)


def find_column(name: str) -> Column | None:
    """Return what is registered of a column; None for a column of no measure."""
    return next((column for each in _MEASURES.values() for column in each.columns if column.name == name), None)


def measure_batch(measures: Iterable[Measure], batch: Batch) -> dict[str, Any]:
    """Compute measures of a batch of networks.

    Returns
    -------
    dict
        Column name -> (B, n), in the order of the measures and their columns.

    Raises
    ------
    MethodError
        When the weights of a network lie more than twelve orders of magnitude apart.
    """
    chosen = tuple(measures)

    def score(part: Batch) -> dict[str, Any]:
        found = {name: values for each in chosen for name, values in each.function(part).items()}
        return {column.name: found[column.name] for each in chosen for column in each.columns if column.name in found}

    return map_batch(score, batch)
