"""The guard against another distribution that shadows one of our packages."""

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

ROOMS = ("regions", "geodata", "analysis", "maps")
_MARK = '__distribution__ = "regionet"'


def check_room(module: "ModuleType") -> "ModuleType":
    """Return ``module`` if it is ours.

    Raises
    ------
    ImportError
        When a package of the same name from elsewhere was found first; the message names its path.
    """
    if getattr(module, "__distribution__", None) == "regionet":
        return module
    path = getattr(module, "__file__", None) or next(iter(getattr(module, "__path__", ())), "nowhere")
    raise _describe(module.__name__, path)


def check_rooms() -> None:
    """Look where every room would be imported from, and import none: ours import each other by name.

    Raises
    ------
    ImportError
        As `check_room`, with the attributes ``name`` and ``path``.
    """
    for name in ROOMS:
        spec = find_spec(name)
        origin = spec.origin if spec else None
        if origin is None or not Path(origin).is_file() or _MARK not in Path(origin).read_text("utf-8", "replace"):
            places = list(spec.submodule_search_locations or []) if spec else []
            raise _describe(name, origin or (places[0] if places else "nowhere"))


def _describe(name: str, path: str) -> ImportError:
    return ImportError(
        f"'{name}' was imported from {path}, which is not part of regionet. "
        "Remove or rename that module, or start Python from another folder.",
        name=name,
        path=path,
    )
