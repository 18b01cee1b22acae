"""A function that is given the wrong thing says what it wanted."""

import inspect
from typing import Any

import networkx as nx
import pandas as pd
import pytest

import analysis
import geodata
import maps
from regions import MethodError, Study, load_study
from regions.arguments import guard


def test_a_study_in_the_place_of_a_network_is_told_apart() -> None:
    study = load_study("yangtze-delta")
    with pytest.raises(MethodError) as caught:
        analysis.measure_centrality(study)  # type: ignore[arg-type] - that is the point
    assert str(caught.value) == (
        "measure_centrality wants a networkx.Graph as 'network' and got Study: analysis.build_network(study) gives one"
    )
    assert caught.value.describe("zh").startswith("函数 measure_centrality 的参数“network”应为 networkx.Graph")


WANTED = {Study: "Study", nx.Graph: "nx.Graph", pd.DataFrame: "pd.DataFrame"}


def list_first_wants() -> list[Any]:
    """Every public function whose first parameter is a study, a network or a table."""
    found = []
    for package in (analysis, geodata, maps):
        for name in package.__all__:
            function = getattr(package, name)
            if inspect.isfunction(function):
                first = next(iter(inspect.signature(function).parameters.values()), None)
                kind = None if first is None else WANTED.get(first.annotation, first.annotation)
                if kind in WANTED.values():
                    found.append(pytest.param(function, id=name))
    return found


@pytest.mark.parametrize("function", list_first_wants())
def test_every_public_function_says_what_it_wanted(function: Any) -> None:
    signature = inspect.signature(function)
    needed = [each for each in signature.parameters.values() if each.default is each.empty]
    positional = [object() for each in needed if each.kind is not each.KEYWORD_ONLY]
    named = {each.name: object() for each in needed if each.kind is each.KEYWORD_ONLY}
    with pytest.raises(MethodError, match=f"{function.__name__} wants a .* got object"):
        function(*positional, **named)


def test_there_are_many_such_functions() -> None:
    assert len(list_first_wants()) > 40


def test_none_will_do_where_it_may_be_none_and_other_kinds_are_left_alone() -> None:
    @guard
    def count(table: pd.DataFrame | None, more: "int | nx.Graph" = 0) -> int:
        return (0 if table is None else len(table)) + (more if isinstance(more, int) else 100)

    assert count(None) == 0
    assert count(pd.DataFrame({"a": [1, 2]}), 3) == 5
    with pytest.raises(MethodError, match="count wants a DataFrame as 'table' and got list"):
        count([1])  # type: ignore[arg-type] - that is the point
    with pytest.raises(TypeError):
        count()  # type: ignore[call-arg] - python says that itself


def test_a_network_of_some_years() -> None:
    study = load_study("china")
    whole, part = analysis.build_network(study), analysis.build_network(study, years=(2011, 2011))
    assert part.size("weight") == pytest.approx(whole.size("weight"))
    with pytest.raises(MethodError):
        analysis.build_network(study, years=(1900, 1901))
