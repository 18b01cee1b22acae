"""The matrix layout gives what the long one gives."""

import numpy as np

from analysis.loglinear.effects import Effect, build_layout
from analysis.loglinear.pair_matrix import ABSENT, build_grid, fill_cells, find_cells

ROWS, COLUMNS = np.array([0, 0, 1, 1, 2]), np.array([1, 2, 0, 2, 0])
LAYOUT = build_layout([Effect("source", ROWS), Effect("target", COLUMNS)], 5)


def test_sums_spread_and_cross_equal_the_long_layout() -> None:
    cells, grid = find_cells(LAYOUT), build_grid(LAYOUT)
    assert cells is not None
    values = np.arange(10.0).reshape(2, 5)
    full = fill_cells(values, cells, grid.cells)
    assert full.shape == (2, 9)
    assert np.array_equal(grid.sums(full), LAYOUT.sums(values))
    assert np.array_equal(grid.cross(full[1]), LAYOUT.cross(values[1]))
    effects = np.arange(12.0).reshape(2, 6)
    assert np.array_equal(grid.spread(effects)[:, cells], LAYOUT.spread(effects))


def test_absent_cells_get_no_expectation() -> None:
    cells = find_cells(LAYOUT)
    assert cells is not None
    offset = fill_cells(np.zeros(5), cells, 9, absent=ABSENT)
    assert np.exp(offset + 50).tolist().count(0.0) == 4
    assert 0.0 * ABSENT == 0.0


def test_a_grid_is_not_used_where_it_does_not_pay() -> None:
    symmetric = build_layout([Effect("region", ROWS, COLUMNS)], 5)
    twice = build_layout([Effect("year", np.array([0, 0])), Effect("target", np.array([1, 1]))], 2)
    sparse = build_layout([Effect("source", np.arange(9)), Effect("target", np.arange(9))], 9)
    assert [find_cells(layout) for layout in (symmetric, twice, sparse)] == [None] * 3
