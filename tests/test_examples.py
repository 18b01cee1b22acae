"""The examples in docstrings run and print what they say."""

import doctest
import importlib
import inspect
from types import ModuleType

import pytest
from module_list import ROOMS, list_modules

FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS


def find_examples(module: ModuleType) -> list[doctest.DocTest]:
    return [test for test in doctest.DocTestFinder().find(module) if test.examples]


def test_every_example_prints_what_it_says() -> None:
    modules = [importlib.import_module(name) for name in list_modules()]
    assert len(modules) > 100
    runner = doctest.DocTestRunner(optionflags=FLAGS)
    said: list[str] = []
    for module in modules:
        for test in find_examples(module):
            runner.run(test, out=said.append)
    assert not runner.failures, "".join(said)


def test_an_example_that_is_wrong_is_found() -> None:
    module = ModuleType("made_up")
    module.__doc__ = "Add.\n\n>>> 1 + 1\n3\n"
    (test,) = find_examples(module)
    assert doctest.DocTestRunner(optionflags=FLAGS).run(test, out=lambda _: None).failed == 1


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.__name__)
def test_every_public_function_has_an_example(room: ModuleType) -> None:
    public = [getattr(room, name) for name in room.__all__]
    functions = [each for each in public if inspect.isfunction(each)]
    bare = [each.__name__ for each in functions if ">>> " not in (each.__doc__ or "")]
    assert not bare


@pytest.mark.parametrize("room", ["regions.sources.reading.rows", "analysis.scores.centrality"])
def test_modules_deep_in_a_room_are_among_them(room: str) -> None:
    assert room in list_modules()
