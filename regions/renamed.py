"""Names that have moved: each works for one more release, and says where it stands now."""

import importlib
import warnings
from collections.abc import Mapping


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
