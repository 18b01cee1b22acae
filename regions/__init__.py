"""Who and what: the tables of a study, read and checked once.

What is exported here is imported when it is asked for, so that words and messages, which every command line needs, come
without the tables (pandas takes longer to import than ``regionet --help`` may take).
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regions.catalog import list_studies, load_study
    from regions.errors import (
        Fault,
        MethodError,
        MissingExtraError,
        RegionetError,
        StudyError,
        UnknownStudyError,
    )
    from regions.study import Inset, MapSettings, Note, Study
    from regions.study_parts.study_dyads import fill_dyads, list_dyads, select_dyads
    from regions.study_parts.study_years import open_years
    from regions.study_reader import read_study
    from regions.words import Words
else:
    _HOMES = {
        "regions.catalog": ("list_studies", "load_study"),
        "regions.errors": (
            "Fault",
            "MethodError",
            "MissingExtraError",
            "RegionetError",
            "StudyError",
            "UnknownStudyError",
        ),
        "regions.study": ("Inset", "MapSettings", "Note", "Study"),
        "regions.study_parts.study_dyads": ("fill_dyads", "list_dyads", "select_dyads"),
        "regions.study_reader": ("read_study",),
        "regions.study_parts.study_years": ("open_years",),
        "regions.words": ("Words",),
    }
    _HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

    def __getattr__(name: str) -> object:
        if name not in _HOME_OF:
            raise AttributeError(f"module 'regions' has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(_HOME_OF[name]), name)
        return value

    def __dir__() -> list[str]:
        return [*globals(), *__all__]


__distribution__ = "regionet"
__all__ = [
    "Fault",
    "Inset",
    "MapSettings",
    "MethodError",
    "MissingExtraError",
    "Note",
    "RegionetError",
    "Study",
    "StudyError",
    "UnknownStudyError",
    "Words",
    "fill_dyads",
    "list_dyads",
    "list_studies",
    "load_study",
    "open_years",
    "read_study",
    "select_dyads",
]
