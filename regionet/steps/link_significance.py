"""How far counted links stand out from chance, and the backbone that is left when the others go.

Packages are imported inside the functions, so that ``regionet --help`` answers at once.
"""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from regionet.console.language import Language
from regions.messages import say

if TYPE_CHECKING:
    import pandas as pd

SIGNIFICANCE = ("alpha_disparity", "score_nc", "error_nc", "p_nc")


class Backbone(StrEnum):
    """How a backbone is found."""

    DISPARITY = "disparity"
    NOISE_CORRECTED = "noise-corrected"


BackboneOption = Annotated[
    Backbone | None, typer.Option("--backbone", help="Keep only the links that stand out from chance.")
]
AlphaOption = Annotated[float, typer.Option("--alpha", min=0.0, max=1.0, help="Level of the backbone.")]


def add_significance(table: "pd.DataFrame", by: list[str], *, directed: bool) -> "pd.DataFrame":
    """Put `analysis.measure_link_significance` beside each link; in each group of ``by``, its links alone count.

    Parameters
    ----------
    table
        ``source``, ``target`` (never the same), ``weight``, the columns of ``by`` and, where known, ``count``.
    by
        Columns that tell groups apart; a missing value is a group.
    directed
        Whether the order of the two ends means something.

    Returns
    -------
    DataFrame
        The rows and index of ``table`` with the columns of `SIGNIFICANCE`.
    """
    import pandas as pd

    groups = [table] if not by else [rows for _, rows in table.groupby(by, dropna=False, sort=False)]
    parts = [_measure(rows, directed=directed) for rows in groups if len(rows)]
    empty = pd.DataFrame(columns=list(SIGNIFICANCE), index=table.index, dtype=float)
    return table.join(pd.concat(parts) if parts else empty)


def _measure(rows: "pd.DataFrame", *, directed: bool) -> "pd.DataFrame":
    import networkx as nx

    from analysis.inference.backbone import measure_link_significance

    network = nx.DiGraph() if directed else nx.Graph()
    names = [name for name in ("weight", "count") if name in rows]
    values = [dict(zip(names, each, strict=True)) for each in rows[names].to_numpy().tolist()]
    network.add_edges_from(zip(rows["source"].tolist(), rows["target"].tolist(), values, strict=True))
    # The network may list a link from its other end; without direction both ends name it.
    found = measure_link_significance(network)
    place = {_name(pair, directed): at for at, pair in enumerate(zip(found["source"], found["target"], strict=True))}
    order = [place[_name(pair, directed)] for pair in zip(rows["source"], rows["target"], strict=True)]
    return found[list(SIGNIFICANCE)].iloc[order].set_axis(rows.index, axis=0)


def _name(pair: tuple[str, str], directed: bool) -> tuple[str, str] | frozenset[str]:
    return pair if directed else frozenset(pair)


def keep_backbone(table: "pd.DataFrame", method: Backbone, alpha: float) -> "pd.DataFrame":
    """Keep the links that stand out at level ``alpha``.

    ``disparity`` keeps ``alpha_disparity`` below ``alpha``; ``noise-corrected`` keeps scores that exceed 0 by more than
    the normal quantile of 1 - ``alpha`` times their error (1.64 at .05).

    Raises
    ------
    MethodError
        When ``alpha`` is not above 0 and below 1.
    """
    from statistics import NormalDist

    from regions.errors import MethodError

    if not 0 < alpha < 1:
        raise MethodError(say("backbone/level", level=alpha))
    if method is Backbone.DISPARITY:
        return table[table["alpha_disparity"] < alpha].reset_index(drop=True)
    limit = NormalDist().inv_cdf(1 - alpha)
    return table[table["score_nc"] > limit * table["error_nc"]].reset_index(drop=True)


def describe_backbone(before: "pd.DataFrame", kept: "pd.DataFrame", lang: Language) -> str:
    """Say how many links, and how much of their weight, the backbone holds."""
    total = float(before["weight"].sum())
    share = float(kept["weight"].sum()) / total if total else 0.0
    return say("backbone/kept", kept=len(kept), all=len(before), share=share).text(lang)
