"""Which attribute names the region of a node or feature: the one that fits the regions table."""

import pytest

from regions.errors import StudyError
from regions.network_files.region_attribute import ID, choose_key

REGIONS = {"1": "1", "2": "2", "3": "3", "Alfa": "1", "Beta": "2", "Gamma": "3"}


def find(word: str) -> tuple[str, ...]:
    return (REGIONS[word],) if word in REGIONS else ()


def things(**columns: str) -> dict[str, dict[str, str]]:
    """Return one thing per word; ``id`` is the identifier."""
    rows = zip(*(words.split() for words in columns.values()), strict=True)
    keys = [ID if key == "id" else key for key in columns]
    return {f"n{i}": dict(zip(keys, row, strict=True)) for i, row in enumerate(rows)}


@pytest.mark.parametrize(
    ("columns", "key"),
    [
        ({"id": "Alfa Beta", "label": "x y"}, ID),
        ({"id": "x y", "label": "Alfa Beta"}, "label"),
        ({"id": "0.0 1.0", "label": "Alfa Beta"}, "label"),
        ({"id": "110231 110240", "name": "Alfa Beta", "degree": "1 1"}, "name"),
        ({"id": "x y", "code": "1 2", "name": "Alfa Beta"}, "code"),
        ({"id": "x y", "code": "9 8", "name": "Alfa Beta"}, "name"),
        ({"id": "x y", "label": "u v", "NUTS": "Alfa Beta"}, "NUTS"),
        ({"id": "Alfa Beta Gamma", "label": "Alfa Beta x"}, ID),
        ({"id": "x y z", "code": "1 9 9", "name": "Alfa Beta Gamma"}, "name"),
        ({"label": "x Beta"}, "label"),
        ({"id": "x y", "label": "u v"}, "label"),  # nothing fits: as without a table
    ],
)
def test_the_attribute_that_fits_the_most_is_taken(columns: dict[str, str], key: str) -> None:
    assert choose_key(things(**columns), find, file="f") == (key, [])


@pytest.mark.parametrize("label", ["1 2 3", "x y z"])
def test_a_name_wins_over_ids_that_would_name_other_regions_and_that_is_said(label: str) -> None:
    """As networkx writes it: numbers as ids and labels, the name apart."""
    key, warnings = choose_key(things(id="1 2 3", label=label, name="Gamma Alfa Beta"), find, file="f")
    assert key == "name"
    assert [fault.code for fault in warnings] == ["W-NODES"]
    assert "'name'" in warnings[0].message
    assert "name" in warnings[0].message_zh


def test_a_name_that_misses_one_still_wins_over_ids_that_contradict_it() -> None:
    key, warnings = choose_key(things(id="1 2 3", name="Gamma Alfa x"), find, file="f")
    assert (key, len(warnings)) == ("name", 1)


@pytest.mark.parametrize(
    "columns",
    [{"id": "x y", "code": "1 2", "name": "Beta Alfa"}, {"id": "x y", "a": "1 2", "b": "Beta Alfa"}],
)
def test_two_attributes_that_fit_differently_are_refused_by_name(columns: dict[str, str]) -> None:
    with pytest.raises(StudyError) as caught:
        choose_key(things(**columns), find, file="f")
    fault = caught.value.faults[0]
    keys = list(columns)[1:]
    assert fault.code == "E-AMBIG"
    assert f"both '{keys[0]}' and '{keys[1]}'" in fault.message
    assert "1 and 2 for 'n0'" in fault.message
    assert "“n0”分别为 1 与 2" in fault.message_zh


def test_a_count_that_happens_to_be_a_code_does_not_rival_a_name() -> None:
    assert choose_key(things(id="x y", degree="2 1", name="Alfa Beta"), find, file="f") == ("name", [])


@pytest.mark.parametrize(
    ("columns", "key"),
    [
        ({"id": "x y", "code": "1 2", "label": "u v"}, "code"),
        ({"id": "x y", "label": "u v", "other": "1 2"}, "label"),
        ({"id": "x y", "other": "1 2"}, ID),
        ({"id": "x y", "label": "x y"}, ID),
        ({"other": "1 2"}, None),
    ],
)
def test_without_a_table_what_is_called_a_code_or_name_is_taken(columns: dict[str, str], key: str | None) -> None:
    assert choose_key(things(**columns), None, file="f") == (key, [])


def test_an_attribute_that_some_lack_is_taken_only_if_it_fits() -> None:
    some = {"a": {ID: "x", "code": "1"}, "b": {ID: "y"}}
    assert choose_key(some, None, file="f")[0] == ID
    assert choose_key(some, find, file="f")[0] == "code"
