"""Names of things and of arguments that have changed: each works for one more release, and says what to write now."""

import importlib
import warnings
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any


def find_renamed(package: str, name: str, moved: Mapping[str, str]) -> object:
    """Return what a name of a package means today; for the ``__getattr__`` of its ``__init__``.

    Parameters
    ----------
    package
        Which is asked.
    name
        Which it no longer has.
    moved
        Old name -> where it stands, as ``module:name``, or ``module`` alone where the name is the same.

    Raises
    ------
    AttributeError
        When it never had it.

    Warns
    -----
    DeprecationWarning
        With the import to write instead.

    Examples
    --------
    >>> with warnings.catch_warnings(record=True) as told:
    ...     warnings.simplefilter("always")
    ...     find_renamed("regions", "Problem", {"Problem": "regions.errors:Fault"}).__name__
    'Fault'
    >>> str(told[0].message)
    'regions.Problem goes after this release: from regions.errors import Fault'
    """
    if name not in moved:
        raise AttributeError(f"module {package!r} has no attribute {name!r}")
    module, _, new = moved[name].partition(":")
    new = new or name
    text = f"{package}.{name} goes after this release: from {module} import {new}"
    warnings.warn(text, DeprecationWarning, stacklevel=3)
    return getattr(importlib.import_module(module), new)


def accept_renamed(function: Callable[..., Any], renamed: Mapping[str, str]) -> Callable[..., Any]:
    """Return a function that still takes some arguments by the names that they had.

    Parameters
    ----------
    function
        Any.
    renamed
        Old name of an argument -> what it is called now.

    Raises
    ------
    TypeError
        At a call that gives an argument by both names.

    Warns
    -----
    DeprecationWarning
        At a call by an old name.

    Examples
    --------
    >>> def draw(*, draws: int) -> int:
    ...     return draws
    >>> with warnings.catch_warnings(record=True) as told:
    ...     warnings.simplefilter("always")
    ...     accept_renamed(draw, {"replicates": "draws"})(replicates=5)
    5
    >>> str(told[0].message)
    'draw(replicates=) goes after this release: write draws='
    """

    @wraps(function)
    def renaming(*args: Any, **options: Any) -> Any:  # noqa: ANN401 - whatever the function takes
        for old in renamed.keys() & options.keys():
            new = renamed[old]
            if new in options:
                raise TypeError(f"{function.__name__} got {new}= and {old}=, which is its old name")
            text = f"{function.__name__}({old}=) goes after this release: write {new}="
            warnings.warn(text, DeprecationWarning, stacklevel=2)
            options[new] = options.pop(old)
        return function(*args, **options)

    return renaming
