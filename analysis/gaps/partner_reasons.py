"""Why two actors should meet: one sentence on what speaks for working together."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.expectation.reason_sentences import clean_name
from analysis.loglinear.tolerance import merge_ties

if TYPE_CHECKING:
    from analysis.gaps.actor_matrices import ActorMatrices
    from analysis.loglinear.effects import FloatArray

_NAMED = 3


def explain_partners(actors: "ActorMatrices", table: pd.DataFrame) -> pd.DataFrame:
    """Add ``reason`` and ``reason_zh`` to a table of pairs of actors.

    Named are up to three shared fields (else the pair of different fields of the highest proximity), the common
    partner with the fewest partners, who counts most in Adamic-Adar, and the numbers of records. What is not there is
    not said.
    """
    said = [_say(actors, row) for row in table.to_dict("records")]
    return table.assign(
        reason=pd.Series([english for english, _ in said], index=table.index, dtype="object"),
        reason_zh=pd.Series([chinese for _, chinese in said], index=table.index, dtype="object"),
    )


def _say(actors: "ActorMatrices", row: dict[Any, Any]) -> tuple[str, str]:
    ends = actors.table.index.get_indexer(pd.Index([row["source_actor"], row["target_actor"]]))
    clauses = [*_say_fields(actors, ends[0], ends[1]), *_say_common(actors, ends[0], ends[1])]
    a, b = row["source_records"], row["target_records"]
    clauses.append((f"they take part in {a} and {b} records", f"各参与 {a} 条和 {b} 条记录"))
    english = "; ".join(english for english, _ in clauses)
    return f"{english[0].upper()}{english[1:]}.", f"{'；'.join(chinese for _, chinese in clauses)}。"


def _say_fields(actors: "ActorMatrices", first: int, second: int) -> list[tuple[str, str]]:
    if actors.shares is None or actors.related is None:
        return []
    a, b = (actors.shares[[row]].toarray()[0] for row in (first, second))
    common = np.argsort(-merge_ties(a * b), kind="stable")[: int(np.count_nonzero(a * b))]
    names = [clean_name(actors.fields[field]) for field in common]
    if names:
        more, more_zh = (f" and {len(names) - _NAMED} more", f"等 {len(names)} 个") if len(names) > _NAMED else ("", "")
        return [(f"both work on {', '.join(names[:_NAMED])}{more}", f"共同领域：{'、'.join(names[:_NAMED])}{more_zh}")]
    return _say_related(actors.fields, actors.related, (a, b))


def _say_related(
    fields: tuple[str, ...], related: "FloatArray", shares: tuple["FloatArray", "FloatArray"]
) -> list[tuple[str, str]]:
    a, b = shares
    if not a.any() or not b.any():
        return []
    phi = np.where(np.outer(a, b) > 0, related, 0.0)
    if not phi.any():
        return [("they have no field in common", "没有共同领域")]
    i, j = np.unravel_index(int(phi.argmax()), phi.shape)
    one, other = clean_name(fields[i]), clean_name(fields[j])
    return [
        (
            f"their fields differ, the closest are {one} and {other} (proximity {phi[i, j]:.2f})",
            f"领域不同，最接近的是 {one} 与 {other}（邻近度 {phi[i, j]:.2f}）",
        )
    ]


def _say_common(actors: "ActorMatrices", first: int, second: int) -> list[tuple[str, str]]:
    both = actors.links[[first]].multiply(actors.links[[second]])
    common = np.unique(both.nonzero()[1])
    if not len(common):
        return [("they have no partner in common", "没有共同的合作方")]
    degree = np.asarray(actors.links[common].sum(axis=1)).ravel()
    closest = actors.table.iloc[common[int(degree.argmin())]]
    english, chinese, more = clean_name(closest["name"]), clean_name(closest["name_zh"]), len(common) - 1
    return [
        (
            f"both have worked with {english}" + (f" and {more} other{'s' if more > 1 else ''}" if more else ""),
            f"都与{chinese}" + (f"等 {more + 1} 家合作过" if more else "合作过"),
        )
    ]
