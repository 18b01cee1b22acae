"""Classes of a choropleth, and colours."""

import math
import re
from dataclasses import asdict
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maps.style import CLASSES, DARK, LIGHT, Palette, find_breaks
from regions import MethodError

NAN = math.nan


def test_quantile_classes_by_hand() -> None:
    # Ten values, five classes of two.
    assert find_breaks(range(1, 11)) == (1.0, 3.0, 5.0, 7.0, 9.0)


def test_equal_classes_by_hand() -> None:
    assert find_breaks([0, 1, 2, 3, 4, 5, 6, 10], method="equal") == (0.0, 2.0, 4.0, 6.0, 8.0)


def test_one_class_when_all_values_are_equal() -> None:
    assert find_breaks([7, 7, 7]) == (7.0,)


def test_few_distinct_values_have_a_class_each() -> None:
    assert find_breaks([3, 1, 1, 2, 3]) == (1.0, 2.0, 3.0)
    assert find_breaks([3, 1, 1, 2, 3], method="equal") == (1.0, 2.0, 3.0)


def test_missing_values_are_left_out() -> None:
    assert find_breaks([NAN, 1, NAN, 2]) == (1.0, 2.0)
    assert find_breaks([NAN, NAN]) == ()
    assert find_breaks([]) == ()


def test_infinite_values_are_left_out() -> None:
    assert find_breaks([1, 2, math.inf, -math.inf]) == (1.0, 2.0)


def test_many_zeros_have_their_own_class() -> None:
    # Zero, then the quartiles of 1..8.
    assert find_breaks([0] * 10 + list(range(1, 9))) == (0.0, 1.0, 3.0, 5.0, 7.0)


def test_few_zeros_are_ordinary_values() -> None:
    assert find_breaks([0, *range(1, 10)]) == (0.0, 2.0, 4.0, 6.0, 8.0)


def test_negative_values_below_many_zeros() -> None:
    assert find_breaks([-5, -4, -3, 0, 0, 0, 0, 1, 2, 3])[0] == -5.0


def test_a_single_class_of_many_values() -> None:
    assert find_breaks([0, 0, 0, 1, 2, 3], classes=1) == (0.0,)


def test_wrong_options_are_refused() -> None:
    with pytest.raises(MethodError, match="classes=0"):
        find_breaks([1], classes=0)
    with pytest.raises(MethodError, match="jenks"):
        find_breaks(range(9), method="jenks")  # type: ignore[arg-type]


@given(st.lists(st.floats(-1e6, 1e6), min_size=1), st.sampled_from(["quantile", "equal"]))
def test_every_value_is_in_a_class(values: list[float], method: str) -> None:
    breaks = find_breaks(values, method=method)  # type: ignore[arg-type]
    assert 1 <= len(breaks) <= CLASSES
    assert list(breaks) == sorted(set(breaks))
    assert breaks[0] == min(values)
    if method == "quantile":
        assert set(breaks) <= set(values)
        held = np.searchsorted(breaks, values, side="right")
        assert set(held) == set(range(1, len(breaks) + 1))  # no class of the legend is empty


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_colours_are_six_digit_hex(palette: Palette) -> None:
    for value in asdict(palette).values():
        for colour in [value] if isinstance(value, str) else value:
            assert re.fullmatch("#[0-9a-f]{6}", colour)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read(palette: Palette) -> None:
    # WCAG 2 AA asks 4.5 for text.
    for ground in (palette.panel, palette.raised, palette.faint, palette.sea):
        assert contrast(palette.ink, ground) >= 7
        assert contrast(palette.soft, ground) >= 4.5
    assert contrast(palette.on_accent, palette.accent) >= 4.5
    assert contrast(palette.gap, palette.panel) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_ramp_steps_away_from_the_ground(palette: Palette) -> None:
    assert len(palette.ramp) == CLASSES
    away = [contrast(colour, palette.sea) for colour in palette.ramp]
    assert away == sorted(away)
    assert all(later / earlier > 1.08 for earlier, later in pairwise(away[1:]))


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_links_and_gaps_stand_out_on_the_ramp(palette: Palette) -> None:
    # 3 is what WCAG 2 asks of graphics; on the darkest class a halo and the hue help.
    for ground in palette.ramp[:3]:
        assert contrast(palette.gap, ground) >= 3
        assert contrast(palette.link, ground) >= 2.5
