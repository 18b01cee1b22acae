"""Lists of words beside the code, as YAML."""

from importlib.resources import files
from typing import Any

import yaml


def read_words(package: str, name: str) -> Any:  # noqa: ANN401 - each list has its own form
    """Return what a file of a package holds.

    Examples
    --------
    >>> sorted(read_words("regions.schema", "kind_words.yaml"))
    ['kinds', 'ownership', 'ownership_rules', 'rules']
    """
    text = files(package).joinpath(name).read_text(encoding="utf-8")
    # The loader in C takes a quarter of the time; builds without it have the other one.
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
