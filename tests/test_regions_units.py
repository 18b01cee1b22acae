"""Which regions are the units, and who belongs to which."""

import pandas as pd
import pytest

from regions.errors import StudyError
from regions.frames.find_units import Units, find_units
from regions.study_card import StudyCard

REGIONS = pd.DataFrame(
    [
        ("N", "country", ""),
        ("P1", "province", "N"),
        ("P2", "province", "N"),
        ("A", "city", "P1"),
        ("B", "city", "P1"),
        ("C", "city", "P2"),
        ("M", "province", "N"),
    ],
    columns=["code", "level", "parent"],
).set_index("code")
GROUPS = pd.DataFrame({"group": ["west", "west", "north"], "code": ["P1", "M", "C"]})


def units(linked: str = "", **card: object) -> Units:
    return find_units(REGIONS, StudyCard(**card), GROUPS, linked=frozenset(linked.split()))  # type: ignore[arg-type]


def test_without_a_level_the_units_are_the_regions_that_contain_no_other() -> None:
    found = units()
    assert found.inside == ["A", "B", "C", "M"]
    assert found.unit_of.to_dict() == {code: code for code in "ABCM"}


def test_links_between_larger_regions_make_those_the_units() -> None:
    found = units("P1 P2")
    assert found.inside == ["M", "P1", "P2"]
    assert found.unit_of["A"] == "P1"


def test_a_level_takes_in_what_lies_below_and_leaves_out_what_lies_above() -> None:
    found = units(levels=("province",))
    assert found.inside == ["M", "P1", "P2"]
    assert found.unit_of.to_dict() == {"P1": "P1", "P2": "P2", "M": "M", "A": "P1", "B": "P1", "C": "P2"}


def test_a_focus_leaves_the_other_units_outside_but_known() -> None:
    found = units(focus="west")
    assert found.inside == ["A", "B", "M"]
    assert found.unit_of["C"] == "C"


def test_excluded_regions_stay_known() -> None:
    found = units(levels=("province",), without=("M",))
    assert found.inside == ["P1", "P2"]
    assert found.unit_of["M"] == "M"


@pytest.mark.parametrize(
    ("card", "message"),
    [
        ({"levels": ("town",)}, "no region has the level 'town'; there are: city, country, province"),
        ({"levels": ("provinc",)}, "Did you mean province"),
        ({"levels": ("province", "city")}, "A lies inside the unit P1"),
        ({"without": ("Z",)}, "names Z"),
        ({"focus": "wst"}, "Did you mean west"),
        ({"levels": ("country",), "without": ("N",)}, "no region is left"),
    ],
)
def test_what_cannot_be_is_refused(card: dict[str, object], message: str) -> None:
    with pytest.raises(StudyError, match=message):
        units(**card)
