"""The embedded studies, by name."""

from regions.errors import UnknownStudyError
from regions.frames.embedded import EMBEDDED, find_embedded, list_embedded
from regions.schema.suggest import suggest
from regions.study import Study
from regions.study_reader import read_study


def list_studies() -> list[str]:
    """Return the names of the embedded studies, sorted.

    Examples
    --------
    >>> from regionet import regions
    >>> "china" in regions.list_studies()
    True
    """
    return list_embedded()


def load_study(name: str) -> Study:
    """Load an embedded study by name, such as ``china``, or by its Chinese name, such as 长三角.

    The embedded studies are ordinary folders that ``read_study`` reads like any other.

    Raises
    ------
    UnknownStudyError
        When no embedded study has this name; the message lists them.

    Examples
    --------
    >>> from regionet import regions
    >>> study = regions.load_study("yangtze-delta")
    >>> study.regions.loc["310000", "name"]
    'Shanghai'
    """
    embedded = find_embedded(name)
    if embedded is None:
        hint, hint_zh = suggest(name, dict.fromkeys(list_embedded(), ""))
        known = list_embedded()
        raise UnknownStudyError(
            f"there is no embedded study '{name}'; there are: {', '.join(known)}. {hint}".rstrip(),
            zh=f"没有内置研究“{name}”；现有：{'、'.join(known)}。{hint_zh}",
        )
    return read_study(EMBEDDED / embedded)
