"""Text keys as numbers: equal numbers for equal texts only, in order, found again, for keys of any kind."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regions.engine import keys as module
from regions.engine import matching
from regions.engine.keys import LARGEST, find_text, group_text, pack_text, rank_text
from regions.engine.labels import put_labels
from regions.engine.layout import find_layout
from regions.engine.matching import match_text
from regions.engine.texts import BLOCK, has_nul, list_blocks, read_bytes, read_texts, read_words, take_words
from regions.engine.threads import map_blocks

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


def assert_groups(values: "pd.Series[str]", limit: int = LARGEST, threads: int | None = 1) -> None:
    """Require a code per text and a text per code."""
    codes, size = group_text(values, limit, threads)
    pairs = pd.DataFrame({"code": codes, "text": values.to_numpy(dtype=object)}).drop_duplicates()
    assert pairs["code"].is_unique
    assert pairs["text"].is_unique
    assert codes.min(initial=0) >= 0
    assert codes.max(initial=0) < size


def test_fixed_places_are_read_as_a_number() -> None:
    texts = read_texts(make(["CN07", "CN12", "CN10"]))
    assert texts is not None
    packed = pack_text(texts)
    assert packed is not None
    codes, size = packed
    # The third place holds 0 or 1, the fourth 0 ... 7: two times eight codes, in the order of the texts.
    assert codes.tolist() == [7, 10, 8]
    assert size == 16


def test_few_characters_of_a_wide_range_take_few_codes() -> None:
    values = make(["a-z", "z-a", "a-a"] * 3)
    texts = read_texts(values)
    assert texts is not None
    wide, narrow = find_layout(texts, 10**6), find_layout(texts, 100)
    assert wide is not None
    assert narrow is not None
    assert wide.size == 26 * 26
    assert narrow.size == 4
    assert find_layout(texts, 3) is None
    packed = pack_text(texts, 100)
    assert packed is not None
    assert packed[0].tolist() == [1, 2, 0] * 3


def test_the_largest_layout_keeps_the_order() -> None:
    """62 bits to the last: the sums wrap on the way and come out right."""
    rng = np.random.default_rng(1)
    values = make(["".join(row) for row in rng.choice(list("0123456789"), (500, 18))])
    texts = read_texts(values)
    assert texts is not None
    packed = pack_text(texts)
    assert packed is not None
    assert packed[1] <= LARGEST
    assert np.argsort(packed[0]).tolist() == np.argsort(values.to_numpy(dtype=object)).tolist()
    assert_groups(values)


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.sampled_from([LARGEST, 1000, 1]))
def test_groups_are_the_texts(texts: list[str], limit: int) -> None:
    assert_groups(make(texts), limit)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_ranks_are_places_in_the_sorted_texts(texts: list[str]) -> None:
    ranks, labels = rank_text(make(texts), 1)
    assert labels.tolist() == sorted(set(texts))
    assert ranks.tolist() == [sorted(set(texts)).index(text) for text in texts]


@settings(max_examples=200, deadline=None)
@given(TEXTS, TEXTS)
def test_values_are_found_among_labels(values: list[str], labels: list[str]) -> None:
    known = list(dict.fromkeys(labels))
    found = find_text(make(values), pd.Index(known, dtype="str"), 1)
    assert found.tolist() == [known.index(text) if text in known else -1 for text in values]


@pytest.mark.parametrize("value", ["A2", "A30", "A", "", "a2", "A:", "A2\x00", "B2"])
def test_a_strange_value_is_not_taken_for_a_label(value: str) -> None:
    """Codes of texts outside the layout may equal those of labels: "A:" is "A" and ten."""
    labels = pd.Index([f"A{n}" for n in (0, 1, 9, 20)], dtype="str")
    assert find_text(make([value, "A20", "A0"]), labels).tolist() == [-1, 3, 0]


def test_many_blocks_and_threads() -> None:
    """More rows than a block, cut into uneven chunks of Arrow, as a Parquet file gives them."""
    pa = pytest.importorskip("pyarrow")
    uuids = make_uuids(9000)
    short = make([f"K{hash(text) % 10**6:06d}" for text in uuids])
    assert len(uuids) > BLOCK
    for values in (uuids, short, make([text[: 9 + i % 20] for i, text in enumerate(uuids)])):
        arrow = pa.array(values.tolist(), type=pa.large_string())
        chunked = pa.chunked_array([arrow[:1], arrow[1:1], arrow[1:20_000], arrow[20_000:]])
        column = pd.Series(values.dtype.__from_arrow__(chunked))
        for threads in (1, 3):
            assert_groups(column, threads=threads)
            assert_groups(column, limit=10, threads=threads)
            ranks, labels = rank_text(column, threads)
            assert labels.take(ranks).tolist() == values.tolist()
            assert labels.is_monotonic_increasing
            known = pd.Index(values.iloc[:12_000].unique())
            assert find_text(column, known, threads).tolist() == known.get_indexer(pd.Index(values)).tolist()


def test_texts_that_meet_in_the_table_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hash that is bad in the first rounds costs rounds; one that is always bad leaves it to pandas."""
    values, real = make_uuids(50), matching._hash
    texts = read_texts(values)
    assert texts is not None
    monkeypatch.setattr(matching, "_hash", lambda words, seed, size: real(words, seed, size) * (seed > 4))
    assert_groups(values, limit=1)
    monkeypatch.setattr(matching, "_hash", lambda words, _, __: np.zeros(len(words), dtype=np.int64))
    assert match_text(texts, texts) is None
    assert_groups(values, limit=1)
    assert find_text(values, pd.Index(values.unique()[::-1]))[0] == values.nunique() - 1


def test_what_arrow_does_not_hold_goes_through_pandas() -> None:
    plain = pd.Series(["b", "a", "b", None], dtype=object)
    assert read_texts(plain) is None
    assert read_texts(pd.Series(["b", None], dtype="str")) is None
    assert group_text(plain)[0].tolist() == [0, 1, 0, 2]
    ranks, labels = rank_text(plain.iloc[:3])
    assert (ranks.tolist(), labels.tolist()) == ([1, 0, 1], ["a", "b"])
    assert find_text(plain.iloc[:3], pd.Index(["a"], dtype="str")).tolist() == [-1, 0, -1]


def test_bytes_and_words_by_hand() -> None:
    texts = read_texts(make(["ab", "", "abcdefghi"]).iloc[:3])
    assert texts is not None
    (chunk, rows) = list_blocks(texts)[0]
    assert read_bytes(chunk, rows, 3).tolist() == [[97, 98, 0], [0, 0, 0], [97, 98, 99]]
    words = read_words(chunk, rows, 2)
    assert words[:, 2].tolist() == [2, 0, 9]
    assert words[2, 1] == ord("i")
    assert take_words(texts, np.array([2, 0]), 2).tolist() == words[[2, 0]].tolist()
    assert not has_nul(texts)
    nul = read_texts(make(["a", "a\x00"]))
    assert nul is not None
    assert has_nul(nul)


@pytest.mark.parametrize("labels", [["K1", "K2", "K3"], ["中国", "a", ""]])
def test_labels_take_the_place_of_codes(labels: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from regions.engine import labels as labelling  # noqa: PLC0415 - a private limit of this one test

    monkeypatch.setattr(labelling, "_BLOCK", 2)
    table = pd.DataFrame({"a": [0, 2, 1, 1, 0], "b": [2, 2, 2, 2, 1]})
    put_labels(table, ["a", "b"], pd.Index(labels, dtype="str"), 2)
    assert table["a"].tolist() == [labels[i] for i in (0, 2, 1, 1, 0)]
    assert table["b"].tolist() == [labels[i] for i in (2, 2, 2, 2, 1)]
    assert table["a"].dtype == "str"
    assert table.sort_values(["a", "b"])["a"].tolist() == sorted(table["a"])


@pytest.mark.parametrize("threads", [None, 1, 4])
def test_blocks_come_back_in_order(threads: int | None) -> None:
    assert map_blocks(lambda n: n * n, range(50), threads) == [n * n for n in range(50)]
    with pytest.raises(ZeroDivisionError):
        map_blocks(lambda n: 1 // n, [1, 0, 2], threads)


def test_direct_tables_have_a_limit() -> None:
    """Wider labels than a table of 2^24 are matched by their bytes."""
    numbers = [*np.random.default_rng(3).integers(0, 10**10, 200).tolist(), 123]
    labels = pd.Index([f"A{n:010d}" for n in numbers], dtype="str")
    texts = read_texts(labels.to_series())
    assert texts is not None
    assert find_layout(texts, module._DIRECT) is None
    assert find_text(make(["A0000000123", "A0000000124"]), labels).tolist() == [200, -1]
