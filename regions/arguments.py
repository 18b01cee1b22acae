"""Say what a function wanted when it is given something else, before it fails deep inside."""

import inspect
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, NamedTuple, ParamSpec, TypeVar

import networkx as nx
import pandas as pd

from regions.errors import MethodError
from regions.messages import say
from regions.study import Study

_Inputs = ParamSpec("_Inputs")
_Output = TypeVar("_Output")
_WANTED: dict[str, type] = {
    "Study": Study,
    "nx.Graph": nx.Graph,
    "pd.DataFrame": pd.DataFrame,
    "DataFrame": pd.DataFrame,
}
_SHOWN = {"Study": "Study", "nx.Graph": "networkx.Graph", "pd.DataFrame": "DataFrame", "DataFrame": "DataFrame"}


class _Signature(NamedTuple):
    """A function's name, signature, and parameter -> what it wants, and whether None will do."""

    name: str
    signature: inspect.Signature
    wanted: dict[str, tuple[str, bool]]


def guard_functions(names: dict[str, Any], exported: Iterable[str]) -> None:
    """Let the exported functions of a package refuse arguments of the wrong kind.

    Only parameters that take a ``Study``, a ``networkx.Graph`` or a ``DataFrame`` and nothing else are looked at, and
    None where they may be None.

    Parameters
    ----------
    names
        The package's ``globals()``: its functions are replaced.
    exported
        Its ``__all__``.
    """
    for name in exported:
        if inspect.isfunction(names.get(name)):
            names[name] = guard(names[name])


def guard(function: Callable[_Inputs, _Output]) -> Callable[_Inputs, _Output]:
    """Return a function that raises ``MethodError`` when an argument is not of the kind that its parameter names.

    Examples
    --------
    >>> def count(study: Study) -> int:
    ...     return len(study.regions)
    >>> guard(count)("china")
    Traceback (most recent call last):
    regions.errors.MethodError: count wants a Study as 'study' and got str: regions.load_study or read_study gives one
    """
    asked: list[_Signature] = []

    @wraps(function)
    def guarded(*args: _Inputs.args, **kwargs: _Inputs.kwargs) -> _Output:
        if not asked:  # at the first call: to look at all functions would slow the import down
            signature = inspect.signature(function)
            asked.append(_Signature(function.__name__, signature, _find_wanted(signature)))
        _check(asked[0], args, kwargs)
        return function(*args, **kwargs)

    return guarded


def _find_wanted(signature: inspect.Signature) -> dict[str, tuple[str, bool]]:
    """Return parameter -> what it wants, and whether None will do."""
    found = {}
    for name, parameter in signature.parameters.items():
        text = parameter.annotation if isinstance(parameter.annotation, str) else _name(parameter.annotation)
        parts = [part.strip() for part in text.split("|")]
        kinds = [part for part in parts if part != "None"]
        if len(kinds) == 1 and kinds[0] in _WANTED:
            found[name] = (kinds[0], "None" in parts)
    return found


def _name(annotation: Any) -> str:  # noqa: ANN401 - whatever stands there
    known = {kind: name for name, kind in _WANTED.items()}
    if isinstance(annotation, type):
        return known.get(annotation, "")
    parts = getattr(annotation, "__args__", ())
    return " | ".join(known.get(part, "None" if part is type(None) else "?") for part in parts)


def _check(asked: _Signature, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    if not asked.wanted:
        return
    try:
        bound = asked.signature.bind(*args, **kwargs)
    except TypeError:
        return  # the call itself says it better
    for name, (kind, optional) in asked.wanted.items():
        value = bound.arguments.get(name)
        if name not in bound.arguments or isinstance(value, _WANTED[kind]) or (value is None and optional):
            continue
        shown = {"function": asked.name, "name": name, "wanted": _SHOWN[kind], "got": type(value).__name__}
        told = say("arguments/wrong", **shown, way=_way(kind))
        raise MethodError(told)


def _way(kind: str) -> Any:  # noqa: ANN401 - a message
    if kind == "Study":
        return say("arguments/study")
    return say("arguments/network") if kind == "nx.Graph" else say("arguments/table")
