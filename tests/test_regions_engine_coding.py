"""Text keys as numbers: equal numbers for equal texts only, in order, found again, for keys of any kind."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regions.counting import coding
from regions.counting.coding import LARGEST, find_text, group_text, map_blocks, rank_text

pytest.importorskip("pyarrow", reason="extra 'parquet' is not installed")

# What users' keys look like, and what they should not look like.
HOSTILE = ["", " ", "a", "a\x00", "\x00", "'", '";--', "专利", "é", "e\u0301", "😀", "😀😀", "=1+1", "z" * 1500, "-0"]
TEXTS = st.lists(
    st.one_of(st.sampled_from(HOSTILE), st.text(max_size=12), st.from_regex(r"W[0-9]{1,12}", fullmatch=True))
)


def make(texts: list[str]) -> "pd.Series[str]":
    return pd.Series(texts, dtype="str")


def make_uuids(number: int, seed: int = 0) -> "pd.Series[str]":
    """Random UUIDs, each three times, in random order."""
    rng = np.random.default_rng(seed)
    raw = [bytes(row).hex() for row in rng.integers(0, 256, (number, 16)).astype(np.uint8)]
    texts = [f"{h[:8]}-{h[8:12]}-{h[12:16]}-{h[16:20]}-{h[20:]}" for h in raw]
    return make([texts[i] for i in rng.permutation(np.repeat(np.arange(number), 3))])


def assert_groups(values: "pd.Series[str]", limit: int = LARGEST) -> None:
    """Require a code per text and a text per code."""
    codes, size = group_text(values, limit)
    pairs = pd.DataFrame({"code": codes, "text": values.to_numpy(dtype=object)}).drop_duplicates()
    assert pairs["code"].is_unique
    assert pairs["text"].is_unique
    assert codes.min(initial=0) >= 0
    assert codes.max(initial=0) < size


def test_fixed_places_are_read_as_a_number() -> None:
    # The third place holds 0 or 1, the fourth 0 ... 7: two times eight codes, in the order of the texts.
    codes, size = group_text(make(["CN07", "CN12", "CN10"]))
    assert codes.tolist() == [7, 10, 8]
    assert size == 16


def test_what_is_too_wide_for_the_limit_is_counted_instead() -> None:
    codes, size = group_text(make(["a-z", "z-a", "a-a", "a-z"]), 26 * 26)
    assert codes.tolist() == [25, 25 * 26, 0, 25]
    assert size == 26 * 26
    codes, size = group_text(make(["a-z", "z-a", "a-a", "a-z"]), 26 * 26 - 1)
    assert codes.tolist() == [0, 1, 2, 0]
    assert size == 3


def test_the_largest_layout_keeps_the_order() -> None:
    """62 bits to the last: the sums wrap on the way and come out right."""
    rng = np.random.default_rng(1)
    values = make(["".join(row) for row in rng.choice(list("0123456789"), (500, 18))])
    codes, size = group_text(values)
    assert len(set(values)) < size <= LARGEST
    assert np.argsort(codes).tolist() == np.argsort(values.to_numpy(dtype=object)).tolist()
    assert_groups(values)


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.sampled_from([LARGEST, 1000, 1]))
def test_groups_are_the_texts(texts: list[str], limit: int) -> None:
    assert_groups(make(texts), limit)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_ranks_are_places_in_the_sorted_texts(texts: list[str]) -> None:
    ranks, labels = rank_text(make(texts))
    assert labels.tolist() == sorted(set(texts))
    assert ranks.tolist() == [sorted(set(texts)).index(text) for text in texts]


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS)
def test_values_are_found_among_labels(values: list[str], labels: list[str]) -> None:
    known = list(dict.fromkeys(labels))
    found = find_text(make(values), pd.Index(known, dtype="str"))
    assert found.tolist() == [known.index(text) if text in known else -1 for text in values]


@pytest.mark.parametrize("value", ["A2", "A30", "A", "", "a2", "A:", "A2\x00", "B2"])
def test_a_strange_value_is_not_taken_for_a_label(value: str) -> None:
    labels = pd.Index([f"A{n}" for n in (0, 1, 9, 20)], dtype="str")
    assert find_text(make([value, "A20", "A0"]), labels).tolist() == [-1, 3, 0]


def test_many_blocks() -> None:
    """More rows than a block, cut into uneven chunks of Arrow, as a Parquet file gives them."""
    pa = pytest.importorskip("pyarrow")
    uuids = make_uuids(9000)
    short = make([f"K{hash(text) % 10**6:06d}" for text in uuids])
    assert len(uuids) > coding._BLOCK
    for values in (uuids, short, make([text[: 9 + i % 20] for i, text in enumerate(uuids)])):
        arrow = pa.array(values.tolist(), type=pa.large_string())
        chunked = pa.chunked_array([arrow[:1], arrow[1:1], arrow[1:20_000], arrow[20_000:]])
        column = pd.Series(values.dtype.__from_arrow__(chunked))
        assert_groups(column)
        assert_groups(column, limit=10)
        ranks, labels = rank_text(column)
        assert labels.take(ranks).tolist() == values.tolist()
        assert labels.is_monotonic_increasing
        known = pd.Index(values.iloc[:12_000].unique())
        assert find_text(column, known).tolist() == known.get_indexer(pd.Index(values)).tolist()


def test_what_arrow_does_not_hold_goes_through_pandas() -> None:
    plain = pd.Series(["b", "a", "b", None], dtype=object)
    assert group_text(plain)[0].tolist() == [0, 1, 0, 2]
    assert group_text(pd.Series(["b", None, "b"], dtype="str"))[0].tolist() == [0, 1, 0]
    ranks, labels = rank_text(plain.iloc[:3])
    assert (ranks.tolist(), labels.tolist()) == ([1, 0, 1], ["a", "b"])
    assert find_text(plain.iloc[:3], pd.Index(["a"], dtype="str")).tolist() == [-1, 0, -1]


def test_direct_tables_have_a_limit() -> None:
    """Wider labels than a table of 2^24 are looked up by Arrow."""
    numbers = [*np.random.default_rng(3).integers(0, 10**10, 200).tolist(), 123]
    labels = pd.Index([f"A{n:010d}" for n in numbers], dtype="str")
    assert coding._find_layout([labels.to_series()], coding._DIRECT) is None
    assert find_text(make(["A0000000123", "A0000000124"]), labels).tolist() == [200, -1]


def test_blocks_come_back_in_order() -> None:
    assert list(map_blocks(lambda n: n * n, range(50))) == [n * n for n in range(50)]
    with pytest.raises(ZeroDivisionError):
        list(map_blocks(lambda n: 1 // n, [1, 0, 2]))
