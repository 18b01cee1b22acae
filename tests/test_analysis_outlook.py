"""What a region could do next, and what it would open: by hand and by taking the step."""

import numpy as np
import pandas as pd
import pytest

from analysis.complexity.outlook import measure_outlook, measure_outlook_gain
from analysis.complexity.relatedness import measure_proximity

SPECIAL = pd.DataFrame([[1, 0, 0], [1, 1, 0], [1, 1, 1]], index=["A", "B", "C"], columns=["x", "y", "z"])
PCI = pd.Series({"x": -1.0, "y": 0.5, "z": 2.0})


def test_outlook_by_hand() -> None:
    phi = pd.DataFrame([[1, 0.5, 0.2], [0.5, 1, 0.4], [0.2, 0.4, 1]], index=list("xyz"), columns=list("xyz"))
    found = measure_outlook(SPECIAL, phi, PCI)
    # A has x: y lies .5/.9 near, z .2/.6 near
    assert found["A"] == pytest.approx(0.5 / 0.9 * 0.5 + 0.2 / 0.6 * 2)
    # B lacks z alone, which is near all it has
    assert found["B"] == pytest.approx(2.0)
    assert found["C"] == 0


def test_the_gain_is_what_the_step_changes() -> None:
    rng = np.random.default_rng(1)
    special = pd.DataFrame(rng.random((12, 9)) < 0.4, columns=list("abcdefghi"))
    phi = measure_proximity(special)
    pci = pd.Series(rng.normal(size=9), index=special.columns)
    gain = measure_outlook_gain(special, phi, pci)
    before = measure_outlook(special, phi, pci)
    assert gain.isna().to_numpy().tolist() == special.to_numpy().tolist()
    steps = 0
    for code, field in zip(*np.nonzero(~special.to_numpy()), strict=True):
        after = special.copy()
        after.iloc[code, field] = True
        change = measure_outlook(after, phi, pci)[code] - before[code]
        assert gain.iloc[code, field] == pytest.approx(change, abs=1e-12)
        steps += 1
    assert steps == int((~special).to_numpy().sum())


def test_a_field_without_complexity_or_relatives_adds_nothing() -> None:
    special = SPECIAL.assign(w=0)
    phi = measure_proximity(special)
    with_unknown = measure_outlook(special, phi, PCI)  # w has no complexity and no relatives
    assert with_unknown.to_numpy() == pytest.approx(
        measure_outlook(SPECIAL, measure_proximity(SPECIAL), PCI).to_numpy()
    )
    assert measure_outlook_gain(special, phi, PCI)["w"].tolist() == [0, 0, 0]
