"""The page on fences: some of its figures from the data, and what it says stands in its tables."""

import math
import re
from pathlib import Path

import pytest

from analysis.barriers.barriers import measure_barriers
from analysis.expectation.gravity import fit_gravity
from analysis.networks.network import build_network
from geodata import measure_distances
from regions import load_study

PAGE = (Path(__file__).parents[1] / "docs" / "fences.md").read_text(encoding="utf-8").replace("−", "-")
PRICE = re.compile(r"([+-]?\d+) % \[([+-]\d+), ([+-]\d+)\]")


def read_row(study: str, name: str) -> list[tuple[int, ...]]:
    """Return the prices of a row of the tables of a study."""
    parts = PAGE.partition("<!-- tables -->")[2].split("\n## ")
    rows = [row for part in parts if part.startswith(f"{study}:") for row in part.splitlines()]
    row = next(row for row in rows if row.startswith(f"| {name} |"))
    return [tuple(map(int, price)) for price in PRICE.findall(row)]


@pytest.mark.parametrize(
    ("study", "name", "counting", "line"),
    [
        ("france", "full counting, no pair set aside", "full", "different_region"),
        ("europe", "full counting, no pair set aside", "full", "different_country"),
        ("europe", "newman counting", "newman", "different_country"),
    ],
)
def test_a_line_by_specification(study: str, name: str, counting: str, line: str) -> None:
    data = load_study(study)
    row = measure_barriers(fit_gravity(data, build_network(data, counting), measure_distances(data))).loc[line]
    found = tuple(round(float(row[column])) for column in ("percent", "percent_low", "percent_high"))
    assert read_row(study, name) == [found]


def test_the_two_intervals_of_france_are_two_errors_of_one_estimate() -> None:
    data = load_study("france")
    fit = fit_gravity(data, build_network(data), measure_distances(data))
    place = list(fit.covariates).index("different_region")
    assert fit.regression.clustered is not None
    estimate, error = fit.regression.coefficients[place], math.sqrt(fit.regression.clustered[place, place])
    found = [round(100 * math.expm1(estimate + side * 1.96 * error)) for side in (0, -1, 1)]
    assert found == [-25, -37, -11]
    assert read_row("france", "full counting, error clustered by region (dyadic)") == [tuple(found)]


def test_the_sentences_say_what_the_tables_say() -> None:
    for study, sector, mixed in (
        ("france", (-37, -42, -32), (-30, -47, -7)),
        ("europe", (-39, -40, -37), (-15, -25, -5)),
    ):
        every = read_row(study, "all")
        assert every[-1] == sector
        assert every[3] == mixed
        years = range(2010, 2022) if study == "france" else range(2014, 2021)
        assert all(read_row(study, str(year))[-1][2] < 0 for year in years)
