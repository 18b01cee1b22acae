"""Colours."""

import re
from dataclasses import asdict
from itertools import pairwise

import numpy as np
import pytest

from maps.look.classes import CLASSES
from maps.look.palette import DARK, LIGHT, Palette, change_palette, list_colour_faults


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


# Linear RGB as people without one kind of cone see it: Machado, Oliveira and Fernandes (2009), severity 1.
SEEN = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}
TO_XYZ = np.array(((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505)))


def to_lab(colour: str, sight: str) -> "np.ndarray":
    """CIE L*a*b* of a colour under D65, as somebody sees it."""
    parts = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    xyz = TO_XYZ @ np.clip(np.array(SEEN[sight]) @ linear, 0, 1) / TO_XYZ.sum(axis=1)
    x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array((116 * y - 16, 500 * (x - y), 200 * (y - z)))


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


@pytest.mark.parametrize("sight", SEEN)
@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_signs_differ_whatever_cones_one_has(palette: Palette, sight: str) -> None:
    assert len(palette.diverging) == CLASSES + 1
    seen = [to_lab(colour, sight) for colour in palette.diverging]
    # A difference of 10 is seen at a glance; 2 is the least that a trained eye sees side by side.
    assert all(np.linalg.norm(later - earlier) > 10 for earlier, later in pairwise(seen))
    assert all(np.linalg.norm(seen[i] - seen[-1 - i]) > 10 for i in range(CLASSES // 2 + 1))


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_signed_colours_grow_from_the_middle_and_let_links_stand_out(palette: Palette) -> None:
    half = len(palette.diverging) // 2
    for side in (palette.diverging[:half][::-1], palette.diverging[half:]):
        away = [contrast(colour, palette.sea) for colour in side]
        assert away == sorted(away)
    worst = min(contrast(palette.link, colour) for colour in palette.ramp)
    assert min(contrast(palette.link, colour) for colour in palette.diverging) >= worst


@pytest.mark.parametrize("sight", SEEN)
@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_classes_without_order_are_told_apart_by_all_eyes(palette: Palette, sight: str) -> None:
    # Twice the step of the one-way ramp: communities have no neighbour in a ramp to be told by.
    for colours, least in ((palette.hues, 12), (palette.clusters, 6)):
        labs = [to_lab(colour, sight) for colour in colours]
        apart = [np.linalg.norm(one - other) for place, one in enumerate(labs) for other in labs[:place]]
        assert min(apart) >= least


@pytest.mark.parametrize("sight", SEEN)
@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_classes_of_a_ramp_are_told_apart_by_all_eyes(palette: Palette, sight: str) -> None:
    # 2 is the least that a trained eye sees side by side; 6 is seen across a border, which the map draws besides.
    labs = [to_lab(colour, sight) for colour in palette.ramp]
    assert min(np.linalg.norm(later - earlier) for earlier, later in pairwise(labs)) > 5.9
    assert all(np.linalg.norm(later - earlier) > 12 for earlier, later in zip(labs, labs[2:], strict=False))


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_a_ramp_survives_grey_and_the_side_of_a_diverging_one_does_not(palette: Palette) -> None:
    ramp = [to_lab(colour, "all cones")[0] for colour in palette.ramp]
    assert all(abs(later - earlier) > 4 for earlier, later in pairwise(ramp))
    assert ramp in (sorted(ramp), sorted(ramp, reverse=True))
    grey = [to_lab(colour, "all cones")[0] for colour in palette.diverging]
    half = len(grey) // 2
    below, above = grey[:half], grey[half:][::-1]
    for side in (below, above):  # how far from zero is seen ...
        assert all(abs(later - earlier) > 4 for earlier, later in pairwise(side))
    # ... on which side is not: the legend has - and +, paper a minus in each region (test_maps_browser_signed).
    assert max(abs(one - other) for one, other in zip(below, above, strict=True)) < 10


def test_chosen_colours_take_the_place_of_ours() -> None:
    changed = change_palette(LIGHT, {"link": "#ABCDEF", "ramp": ["#000000", "#ffffff"]})
    assert (changed.link, changed.ramp, changed.gap) == ("#abcdef", ("#000000", "#ffffff"), LIGHT.gap)


@pytest.mark.parametrize(
    ("colours", "keys"),
    [
        ({"link": "#abc"}, ["map/colour"]),
        ({"link": "red;}"}, ["map/colour"]),
        ({"lnk": "#aabbcc"}, ["map/unknown-choice"]),
        ({"ramp": "#aabbcc"}, ["map/colour-number"]),
        ({"link": ["#aabbcc"]}, ["map/colour-number"]),
        ({"diverging": ["#aabbcc"] * 3}, ["map/colour-number"]),
        ({"clusters": ["#aabbcc"] * 5, "hues": ["#aabbcc"]}, []),
    ],
)
def test_colours_that_are_none_are_told(colours: dict, keys: list[str]) -> None:
    assert [fault.key for fault in list_colour_faults(colours)] == keys
