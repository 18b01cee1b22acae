"""A name that has moved works for one release and says where it stands."""

import importlib
import inspect
import re
import warnings

import networkx as nx
import pytest

import analysis
from analysis.roles.unit_groups import assign_groups
from regions.renamed import accept_renamed, find_renamed

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


@pytest.mark.parametrize("name", sorted(analysis._ARGUMENTS))
def test_arguments_that_are_called_otherwise_now_are_arguments(name: str) -> None:
    known = inspect.signature(getattr(analysis, name)).parameters
    for old, new in analysis._ARGUMENTS[name].items():
        assert new in known
        assert old not in known


def test_an_old_name_of_an_argument_works_and_warns_where_it_stands() -> None:
    network = nx.path_graph(3)
    with pytest.warns(DeprecationWarning, match=r"^find_backbone\(alpha=\) .* write level=$") as told:
        found = analysis.find_backbone(network, alpha=1.0)  # type: ignore[call-arg]
    assert told[0].filename == __file__
    assert set(found.edges) == set(analysis.find_backbone(network, level=1.0).edges)


def test_an_argument_by_both_names_is_refused() -> None:
    with pytest.raises(TypeError, match="got level= and alpha=, which is its old name"):
        analysis.find_backbone(nx.path_graph(3), level=0.1, alpha=0.1)  # type: ignore[call-arg]


def test_what_a_renamed_argument_does_not_touch_stays() -> None:
    assert accept_renamed(max, {"old": "new"})(1, 2) == 2
    assert accept_renamed(sorted, {"old": "reverse"})([1, 2], reverse=True) == [2, 1]
