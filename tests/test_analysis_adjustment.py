"""The Cox-Reid adjustment: by hand with one parameter, by differences with many."""

import numpy as np
import pytest
from scipy.optimize import brentq

from analysis.loglinear.adjustment import _interpolate, build_adjustment, measure_adjustment
from analysis.loglinear.covariance import measure_information
from analysis.loglinear.effects import Effect
from analysis.loglinear.irls import Design
from analysis.loglinear.ppml import fit_ppml
from regions.errors import MethodError


def make_design() -> tuple[Design, np.ndarray]:
    rng = np.random.default_rng(3)
    i, j = np.triu_indices(8, k=1)
    fit = fit_ppml(rng.poisson(4, 28).astype(float), rng.normal(size=(28, 2)), [Effect("region", i, j)])
    return fit.design, np.exp(fit.mean.eta)


def test_one_constant_by_hand() -> None:
    """J is a column of ones: half of sum W^2 / sum W."""
    fit = fit_ppml(np.array([1.0, 2, 6]), np.ones((3, 1)))
    weight = 3 / (1 + 0.5 * 3)
    assert measure_adjustment(fit.design, np.full(3, 3.0), alpha=0.5) == pytest.approx(weight / 2)


@pytest.mark.parametrize("alpha", [0.01, 0.5, 4.0])
def test_it_is_the_slope_of_the_log_determinant(alpha: float) -> None:
    design, mu = make_design()

    def loss(at: float) -> float:
        return 0.5 * float(np.linalg.slogdet(measure_information(design, mu / (1 + at * mu)))[1])

    slope = (loss(alpha * 1.0001) - loss(alpha * 0.9999)) / (0.0002 * alpha)
    assert measure_adjustment(design, mu, alpha=alpha) == pytest.approx(-slope, rel=1e-6)


def test_at_zero_it_is_half_of_what_the_pairs_weigh() -> None:
    """The leverages add up to the number of parameters, here of expectations that are all alike."""
    design, mu = make_design()
    alike = np.full_like(mu, 2.0)
    assert measure_adjustment(design, alike, alpha=0.0) == pytest.approx(0.5 * 2.0 * design.parameters)


def test_what_cannot_be_told_apart_is_an_error() -> None:
    design, mu = make_design()
    twice = Design(design.y, np.vstack([design.x[0], -design.x[0]]), design.layout, design.pinned, design.offset)
    with pytest.raises(MethodError, match="cannot be told apart"):
        measure_adjustment(twice, mu, alpha=0.1)


def test_without_a_design_there_is_nothing_to_adjust() -> None:
    assert build_adjustment(None, np.ones(3))(0.3) == 0.0


def test_few_parameters_are_worked_out_each_time() -> None:
    design, mu = make_design()
    adjust = build_adjustment(design, mu)
    assert [adjust(alpha) for alpha in (0.0, 0.3, 0.3)] == [
        measure_adjustment(design, mu, alpha=a) for a in (0, 0.3, 0.3)
    ]


@pytest.mark.parametrize("scale", [0.01, 1.0, 100.0])
def test_many_parameters_are_interpolated_to_a_billionth(scale: float, monkeypatch: pytest.MonkeyPatch) -> None:
    design, mu = make_design()
    monkeypatch.setattr("analysis.loglinear.adjustment.MANY", 0)
    adjust = build_adjustment(design, scale * mu)
    for alpha in np.exp(np.linspace(-14, 4, 37)):
        assert adjust(float(alpha)) == pytest.approx(
            measure_adjustment(design, scale * mu, alpha=float(alpha)), rel=2e-9
        )
    assert adjust(0.0) == measure_adjustment(design, scale * mu, alpha=0.0)


@pytest.mark.parametrize("width", [0.01, 0.3, 2.0])
def test_between_places_already_known_it_is_as_exact(width: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """However far apart the first places are: where they do not suffice, more are worked out."""
    design, mu = make_design()
    monkeypatch.setattr("analysis.loglinear.adjustment.MANY", 0)
    adjust = build_adjustment(design, mu)
    for place in (*np.linspace(-width, width, 5), *np.linspace(-1.1 * width, 1.1 * width, 40)):
        alpha = float(0.2 * np.exp(place))
        assert adjust(alpha) == pytest.approx(measure_adjustment(design, mu, alpha=alpha), rel=1e-9)


def count_calls(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    asked: list[float] = []

    def count(design: Design, mu: np.ndarray, *, alpha: float) -> float:
        asked.append(alpha)
        return measure_adjustment(design, mu, alpha=alpha)

    monkeypatch.setattr("analysis.loglinear.adjustment.MANY", 0)
    monkeypatch.setattr("analysis.loglinear.adjustment.measure_adjustment", count)
    return asked


def test_a_search_for_a_root_works_it_out_half_a_dozen_times(monkeypatch: pytest.MonkeyPatch) -> None:
    design, mu = make_design()
    asked = count_calls(monkeypatch)
    adjust = build_adjustment(design, mu)
    middle = adjust(0.25)
    for _ in range(3):  # three searches from nearly the same place
        root = brentq(lambda place: adjust(float(np.exp(place))) - middle, np.log(0.15), np.log(0.4), xtol=1e-13)
        assert np.exp(root) == pytest.approx(0.25, rel=1e-8)
    assert len(asked) <= 8


def test_zero_is_no_place_among_logarithms(monkeypatch: pytest.MonkeyPatch) -> None:
    design, mu = make_design()
    asked = count_calls(monkeypatch)
    adjust = build_adjustment(design, mu)
    values = [adjust(alpha) for alpha in (0.2, 0.21, 0.22, 0.23, 0.24, 0.0, 0.0)]
    assert asked.count(0.0) == 1
    assert values[-1] == pytest.approx(measure_adjustment(design, mu, alpha=0.0), rel=1e-12)


def test_the_polynomial_is_that_of_neville_by_hand() -> None:
    """Values that are a cubic in ln alpha are found again; three of them are too few to be sure."""
    known = {float(np.exp(place)): place**3 - place for place in (-0.3, -0.2, -0.1, 0.1, 0.2, 0.3)}
    assert _interpolate(known, 1.05) == pytest.approx(np.log(1.05) ** 3 - np.log(1.05), rel=1e-9)
    assert _interpolate(dict(list(known.items())[:3]), 1.05) is None


def test_a_place_that_was_interpolated_says_the_same_when_it_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search for a root relies on the sign at the ends of its bracket, however many places became known since."""
    monkeypatch.setattr("analysis.loglinear.adjustment.MANY", 0)
    design, mu = make_design()
    adjust = build_adjustment(design, mu)
    places = [0.3 * 1.001**step for step in range(8)]
    first = [adjust(place) for place in places]
    exact = [measure_adjustment(design, mu, alpha=place) for place in places]
    assert first == pytest.approx(exact, rel=1e-9)
    for step in range(20):
        adjust(0.25 * 1.03**step)
    assert [adjust(place) for place in places] == first
