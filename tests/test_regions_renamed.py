"""A name that has moved works for one release and says where it stands."""

import importlib
import re
import warnings

import pytest

import analysis
from analysis.roles.unit_groups import assign_groups
from regions.renamed import find_renamed

CALLED_FROM_OUTSIDE = [
    *("build_network", "measure_centrality", "measure_spillover", "find_gaps", "fit_gravity", "fit_nb2", "Effect"),
    *("Truth", "scatter_regions", "simulate_network", "backtest_gaps"),
]


@pytest.mark.parametrize("name", CALLED_FROM_OUTSIDE)
def test_names_that_scripts_rely_on_are_there_without_a_word(name: str) -> None:
    assert name in analysis.__all__
    assert callable(getattr(analysis, name))


def test_all_names_are_there_once() -> None:
    assert len(set(analysis.__all__)) == len(analysis.__all__)
    assert all(hasattr(analysis, name) for name in analysis.__all__)
    assert 60 < len(analysis.__all__) < 80  # what is asked for less often is imported from its room


@pytest.mark.parametrize("name", sorted(analysis._MOVED))
def test_names_that_moved_are_found_with_a_warning_that_works(name: str) -> None:
    assert name not in analysis.__all__
    with pytest.warns(DeprecationWarning, match=rf"^analysis\.{name} goes after this release: ") as told:
        found = getattr(analysis, name)
    assert told[0].filename == __file__
    line = str(told[0].message).split(": ", 1)[1]
    module, new = re.fullmatch(r"from (\S+) import (\S+)", line).groups()  # type: ignore[union-attr]
    assert getattr(importlib.import_module(module), new) is found


def test_an_import_of_an_old_name_warns_too() -> None:
    with pytest.warns(DeprecationWarning, match="from analysis.roles.unit_groups import assign_groups$"):
        from analysis import choose_groups  # noqa: PLC0415 - the warning comes with the import
    assert choose_groups is assign_groups


def test_names_that_never_were_are_no_attributes() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert not hasattr(analysis, "measure_luck")
    with pytest.raises(AttributeError, match="has no attribute 'measure_luck'"):
        find_renamed("analysis", "measure_luck", {"measure_fortune": "analysis"})
