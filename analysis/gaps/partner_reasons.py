"""Why two actors should meet: one sentence on what speaks for working together."""

import numpy as np
import pandas as pd

from analysis.expectation.reason_sentences import clean_name
from analysis.gaps.actor_matrices import ActorMatrices
from analysis.loglinear.tolerance import merge_ties
from regions.arrays import Floats
from regions.messages import Message, join_sentences, say
from regions.schema.field_words import name_field
from regions.words import Words

_NAMED = 3


def explain_partners(actors: ActorMatrices, table: pd.DataFrame) -> pd.DataFrame:
    """Add ``reason`` and ``reason_zh`` to a table of pairs of actors.

    Named are up to three shared fields (else the pair of different fields of the highest proximity), the common
    partner with the fewest partners, who counts most in Adamic-Adar, and the numbers of records. What is not there is
    not said.
    """
    ends = [actors.table.index.get_indexer(pd.Index(table[end])) for end in ("source_actor", "target_actor")]
    said = [_say(actors, (int(first), int(second))) for first, second in zip(*ends, strict=True)]
    return table.assign(
        reason=pd.Series([english for english, _ in said], index=table.index, dtype="object"),
        reason_zh=pd.Series([chinese for _, chinese in said], index=table.index, dtype="object"),
    )


def _say(actors: ActorMatrices, ends: tuple[int, int]) -> Words:
    clauses = [*_say_fields(actors, *ends), *_say_common(actors, ends)]
    a, b = (int(actors.records[end]) for end in ends)
    clauses.append(say("partners/records", one=a, other=b))
    english, chinese = join_sentences(clauses)
    return Words(f"{english[0].upper()}{english[1:]}.", f"{chinese}。")


def _say_fields(actors: ActorMatrices, first: int, second: int) -> list[Message]:
    if actors.shares is None or actors.related is None:
        return []
    a, b = (actors.shares[[row]].toarray()[0] for row in (first, second))
    common = np.argsort(-merge_ties(a * b), kind="stable")[: int(np.count_nonzero(a * b))]
    if len(common):
        shown, more = [_name_field(actors.fields[field]) for field in common[:_NAMED]], len(common) - _NAMED
        if more > 0:
            return [say("partners/fields-more", fields=shown, more=more)]
        return [say("partners/fields", fields=shown)]
    return _say_related(actors.fields, actors.related, (a, b))


def _say_related(fields: tuple[str, ...], related: Floats, shares: tuple[Floats, Floats]) -> list[Message]:
    a, b = shares
    if not a.any() or not b.any():
        return []
    phi = np.where(np.outer(a, b) > 0, related, 0.0)
    if not phi.any():
        return [say("partners/no-field")]
    i, j = np.unravel_index(int(phi.argmax()), phi.shape)
    one, other = _name_field(fields[i]), _name_field(fields[j])
    return [say("partners/closest-fields", one=one, other=other, proximity=phi[i, j])]


def _name_field(field: str) -> Words:
    return Words(*map(clean_name, name_field(field)))


def _say_common(actors: ActorMatrices, ends: tuple[int, int]) -> list[Message]:
    first, second = (actors.links.indices[slice(*actors.links.indptr[end : end + 2])] for end in ends)
    common = np.intersect1d(first, second)
    if not len(common):
        return [say("partners/no-partner")]
    closest = actors.table.iloc[common[int(actors.degree[common].argmin())]]
    name, more = Words(clean_name(closest["name"]), clean_name(closest["name_zh"])), len(common) - 1
    if more:
        return [say("partners/common-others" if more > 1 else "partners/common-other", name=name, more=more)]
    return [say("partners/common", name=name)]
