"""Who and what: the tables of a study, read and checked once."""

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
from regions.study_dyads import fill_dyads, list_dyads, select_dyads
from regions.study_from_frames import study_from_frames
from regions.study_reader import read_study
from regions.study_years import open_years
from regions.words import Words

Study.from_frames = staticmethod(study_from_frames)  # here, as a Study is made below its reader

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
