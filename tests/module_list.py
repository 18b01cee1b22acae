"""Every module of the five rooms."""

import pkgutil

import analysis
import geodata
import maps
import regionet
import regions

ROOMS = [regions, geodata, analysis, maps, regionet]


def list_modules() -> list[str]:
    """Every module of the five rooms but the one that runs as a program."""
    names = [room.__name__ for room in ROOMS]
    for room in ROOMS:
        names += [found.name for found in pkgutil.walk_packages(room.__path__, f"{room.__name__}.")]
    return [name for name in names if not name.endswith("__main__")]
