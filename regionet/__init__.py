"""regionet: a regional innovation network analyzer.

The four rooms are import packages of their own with short, generic names. Import them through this
front door, which checks that no other distribution stands in their place:

>>> from regionet import analysis, geodata, maps, regions
"""

import importlib
from typing import TYPE_CHECKING

from regionet._rooms import ROOMS, check_room, check_rooms

if TYPE_CHECKING:
    from types import ModuleType

    import analysis as analysis
    import geodata as geodata
    import maps as maps
    import regions as regions

__version__ = "0.2.0"
__all__ = ["__version__", "analysis", "geodata", "maps", "regions"]


def __getattr__(name: str) -> "ModuleType":
    """Import a room on first use, so that ``import regionet`` stays fast."""
    if name not in ROOMS:
        raise AttributeError(f"module 'regionet' has no attribute {name!r}; it has {', '.join(ROOMS)}")
    check_rooms()
    return check_room(importlib.import_module(name))
