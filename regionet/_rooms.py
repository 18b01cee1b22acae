"""The guard against another distribution that shadows one of our packages."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

ROOMS = ("regions", "geodata", "analysis", "maps")


def check_room(module: "ModuleType") -> "ModuleType":
    """Return ``module`` if it is ours.

    Raises
    ------
    ImportError
        When a package of the same name from elsewhere was found first; the message names its path.
    """
    if getattr(module, "__distribution__", None) == "regionet":
        return module
    path = getattr(module, "__file__", None) or list(getattr(module, "__path__", ["an unknown place"]))
    raise ImportError(
        f"'{module.__name__}' was imported from {path}, which is not part of regionet. "
        "Remove or rename that module, or start Python from another folder."
    )
