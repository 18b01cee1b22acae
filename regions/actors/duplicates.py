"""Find actors that may be one and the same, for a person to decide."""

from collections.abc import Iterable, Iterator
from itertools import chain, combinations, pairwise
from types import ModuleType
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from regions.actors.names import fold_actor_name, has_ideographs, list_numbers, normalise_name
from regions.arrays import Integers
from regions.errors import MethodError, MissingExtraError

COLUMNS = ("id_a", "id_b", "name_a", "name_b", "score", "same_region", "reason")

REASONS = ("same name", "same without legal form", "other word order", "similar spelling")
"""Why a pair is listed, from the surest to the least sure."""

_RAREST = 6
_LARGEST_BLOCK = 150
_SURE_OF_ONE = 3
_CHUNK = 4_000
_WINDOW = 8
_ALL_PAIRS = 10


class _Name(NamedTuple):
    id: str
    name: str
    region: str


def find_duplicate_actors(actors: pd.DataFrame, threshold: float = 90.0) -> pd.DataFrame:
    """List pairs of actors whose names are alike; nothing is merged.

    Names are compared in the form of ``normalise_name``, Chinese and English names each with their like, by the
    normalised indel similarity of rapidfuzz (100 x (1 - insertions and deletions / sum of lengths)), of the names as
    they stand and with their words sorted. Names whose numbers differ (第一医院, 第二医院) are never a pair.

    Parameters
    ----------
    actors
        Index ``id``; ``name``, ``name_zh``, ``region``.
    threshold
        Lowest similarity to list, 50 to 100.

    Returns
    -------
    DataFrame
        ``id_a`` < ``id_b``; ``name_a``, ``name_b``: the names that are alike; ``score`` (0 to 100); ``same_region``
        (False when one has none); ``reason``, one of ``REASONS``. The most alike first, then by id.

    Raises
    ------
    MethodError
        The threshold is out of range.
    MissingExtraError
        rapidfuzz is not installed.

    Notes
    -----
    Not every pair is compared. Names meet when they share at least two of their six rarest pairs of characters
    (triples of letters for names in letters), or one where they have few; parts in more than 150 names are too
    common to tell anything. Names also meet their eight neighbours in alphabetical order, from the front and from the
    back, as they stand and with their words sorted (the sorted neighbourhood method: Hernandez and Stolfo 1995). A pair
    that differs near both ends and in nearly all of its rare parts is missed. Of a name that more than ten actors
    share, only neighbours in the order of region and id are listed.
    """
    if not 50 <= threshold <= 100:  # noqa: PLR2004 - a similarity in per cent; below half everything is alike
        raise MethodError(f"the threshold must be 50 to 100, it is {threshold}")
    names = _list_names(actors)
    keys = names["key"].drop_duplicates().to_numpy(dtype=object)
    alike = _find_alike(keys, threshold, *_import_rapidfuzz())
    return _list_pairs(names, chain(((key, key, 100.0, 100.0) for key in keys), alike))


def _find_alike(
    keys: npt.NDArray[np.object_], threshold: float, fuzz: ModuleType, process: ModuleType
) -> Iterator[tuple[str, str, float, float]]:
    """Give the pairs of keys that are alike, with their similarity as they stand and with sorted words."""
    turned = np.array([" ".join(sorted(key.split())) for key in keys], dtype=object)
    numbers = pd.factorize(pd.Series([list_numbers(key) for key in keys], dtype=object))[0]
    for left, right in chain(_find_candidates(list(keys)), _find_neighbours(keys, turned)):
        same = numbers[left] == numbers[right]
        left, right = left[same], right[same]  # noqa: PLW2901 - the pairs that are left
        plain = process.cpdist(keys[left], keys[right], scorer=fuzz.ratio)
        ordered = process.cpdist(turned[left], turned[right], scorer=fuzz.ratio)
        good = np.maximum(plain, ordered) >= threshold
        scores = plain[good].tolist(), ordered[good].tolist()
        yield from zip(keys[left[good]], keys[right[good]], *scores, strict=True)


def _import_rapidfuzz() -> tuple[ModuleType, ModuleType]:
    try:
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError("rapidfuzz", "names") from error
    return fuzz, process


def _list_names(actors: pd.DataFrame) -> pd.DataFrame:
    """Return one row per different name of an actor: ``id``, ``name``, ``region``, ``key``; sorted by region and id."""
    region = actors["region"].fillna("").astype(str) if "region" in actors else pd.Series("", index=actors.index)
    both = [actors[column] for column in ("name", "name_zh") if column in actors]
    parts = [pd.DataFrame({"id": actors.index.astype(str), "name": part, "region": region}) for part in both]
    names = pd.concat(parts, ignore_index=True)
    names = names[names["name"].fillna("") != ""].drop_duplicates().sort_values(["region", "id", "name"])
    names["key"] = [normalise_name(name) for name in names["name"]]
    return names[names["key"] != ""].drop_duplicates(["id", "key"], ignore_index=True)


def _find_candidates(keys: list[str]) -> Iterator[tuple[Integers, Integers]]:
    """Give the positions of keys that share rare parts, each pair once, some thousand keys at a time."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - slow to import, only where used

    parts, owners = _list_rare_parts(keys)
    if not len(parts):
        return
    has = csr_array((np.ones(len(parts), dtype=np.int32), (owners, parts)), shape=(len(keys), int(parts.max()) + 1))
    sizes = np.diff(has.indptr)
    back = has.T.tocsr()
    for start in range(0, len(keys), _CHUNK):
        shared = (has[start : start + _CHUNK] @ back).tocoo()
        left, right = shared.row.astype(np.int64) + start, shared.col.astype(np.int64)
        enough = (shared.data > 1) | (np.minimum(sizes[left], sizes[right]) <= _SURE_OF_ONE)
        keep = (left < right) & enough
        yield left[keep], right[keep]


def _find_neighbours(
    keys: npt.NDArray[np.object_], turned: npt.NDArray[np.object_]
) -> Iterator[tuple[Integers, Integers]]:
    """Give the positions of keys that stand near each other in order: from the front, from the back, by sorted words.

    Among very many names the parts of a long one are all common. Two spellings still begin alike or end alike, as the
    difference stands in one half. A pair may come more than once.
    """
    for texts in (keys, turned):
        for backwards in (False, True):
            order = np.argsort(np.array([text[::-1] for text in texts], dtype=object) if backwards else texts)
            for step in range(1, _WINDOW + 1):
                one, two = order[:-step], order[step:]
                yield np.minimum(one, two), np.maximum(one, two)


def _list_rare_parts(keys: list[str]) -> tuple[Integers, Integers]:
    """Return the rarest parts of each name, as numbers, and the position of the name that each belongs to.

    A part that only one name has joins nothing and is passed over: a typing error makes such parts.
    """
    cut = [sorted(_cut(key)) for key in keys]
    owners = np.repeat(np.arange(len(cut)), [len(parts) for parts in cut])
    numbers, _ = pd.factorize(np.array(list(chain.from_iterable(cut)), dtype=object))
    if not len(numbers):
        return np.empty(0, dtype=np.int64), owners
    counts = np.bincount(numbers)[numbers]
    useful = counts > 1
    numbers, owners, counts = numbers[useful], owners[useful], counts[useful]
    order = np.lexsort((numbers, counts, owners))
    numbers, owners, counts = numbers[order], owners[order], counts[order]
    _, first = np.unique(owners, return_index=True)
    rank = np.arange(len(owners)) - np.repeat(first, np.diff([*first, len(owners)]))
    keep = (rank < _RAREST) & (counts <= _LARGEST_BLOCK)
    return numbers[keep], owners[keep]


def _cut(key: str) -> set[str]:
    """Cut a name into pairs of characters, or triples of letters over the borders of its sorted words."""
    if has_ideographs(key):
        return {key[i : i + 2] for i in range(len(key) - 1)}
    words = " ".join(sorted(key.split()))
    framed = f" {words} "
    return {framed[i : i + 3] for i in range(len(framed) - 2)} | {"=" + words}


def _list_pairs(names: pd.DataFrame, alike: Iterable[tuple[str, str, float, float]]) -> pd.DataFrame:
    """List the pairs of actors behind pairs of keys, the surest first."""
    members: dict[str, list[_Name]] = {}
    for key, *cells in names[["key", "id", "name", "region"]].itertuples(index=False):
        members.setdefault(key, []).append(_Name(*cells))
    rows = []
    for one, two, plain, ordered in alike:
        for a, b in _pair_members(members[one], members[two], same=one == two):
            first, second = sorted((a, b))
            same_region = bool(a.region) and a.region == b.region
            score, reason = round(max(plain, ordered), 1), _explain(first.name, second.name, plain, ordered)
            rows.append((first.id, second.id, first.name, second.name, score, same_region, reason))
    found = pd.DataFrame(rows, columns=list(COLUMNS))
    rank = found["reason"].map({reason: rank for rank, reason in enumerate(REASONS)})
    found = found.assign(rank=rank).sort_values(
        ["score", "same_region", "rank", "id_a", "id_b"], ascending=[False, False, True, True, True]
    )
    return found.drop(columns="rank").drop_duplicates(["id_a", "id_b"], ignore_index=True)


def _pair_members(one: list[_Name], two: list[_Name], *, same: bool) -> Iterator[tuple[_Name, _Name]]:
    """Pair the actors of one name, or of two names that are alike.

    A name that many actors share (第一人民医院) would give their square: then only neighbours in the order of regions
    and ids are paired, so that actors of one region still meet.
    """
    if same and len(one) > _ALL_PAIRS:
        yield from pairwise(one)
    elif same:
        yield from combinations(one, 2)
    elif len(one) * len(two) <= _ALL_PAIRS * _ALL_PAIRS:
        yield from ((a, b) for a in one for b in two if a.id != b.id)
    else:
        first = {name.region: name for name in reversed(two)}
        yield from ((a, first[a.region]) for a in one if a.region in first and a.id != first[a.region].id)


def _explain(one: str, two: str, plain: float, ordered: float) -> str:
    if fold_actor_name(one) == fold_actor_name(two):
        return REASONS[0]
    if plain == 100:  # noqa: PLR2004 - equal once normalised
        return REASONS[1]
    return REASONS[2] if ordered == 100 else REASONS[3]  # noqa: PLR2004 - equal once sorted
