"""Of which year an indicator is best known."""

from collections.abc import Collection

from regions.errors import MethodError
from regions.messages import say
from regions.schema.suggest import suggest
from regions.study import Study


def find_latest_year(study: Study, column: str, codes: Collection[str] | None = None) -> int:
    """Return the latest year in which an indicator has a value for the most regions.

    Parameters
    ----------
    study, column
        Whose indicator, and which.
    codes
        The regions that matter; None: all of the study.

    Raises
    ------
    MethodError
        When no indicator has this name (the message lists those that exist), or none of its values is known.

    Examples
    --------
    >>> from regionet import regions
    >>> find_latest_year(regions.load_study("yangtze-delta"), "gdp")
    2022
    """
    table = study.indicators
    if table is None or column not in table:
        known = [] if table is None else [str(name) for name in table.columns if name not in {"code", "year"}]
        meant = suggest(column, dict.fromkeys(known, ""))
        raise MethodError(say("indicators/unknown", column=column, known=known).with_hint(meant))
    inside = table["code"].isin(study.regions.index if codes is None else codes)
    counts = table[inside].dropna(subset=[column]).groupby("year")[column].count()
    if counts.empty:
        raise MethodError(say("indicators/no-value", column=column))
    return int(counts.index[counts == counts.max()].max())
