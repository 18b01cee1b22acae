"""One index for every table of pairs: the codes of both ends."""

import pandas as pd


def index_pairs(table: pd.DataFrame, *, by: str | None = None) -> pd.DataFrame:
    """Let the rows of a table of pairs be found by the codes of both ends.

    The codes stay columns as well. The levels of the index have no names: where a level and a column share one, pandas
    refuses to sort, group or merge by it.

    Parameters
    ----------
    table
        ``source``, ``target``, and ``by`` where given.
    by
        A column in front of the two (year, field, path).

    Returns
    -------
    DataFrame
        The same rows and columns; index (source, target) or (by, source, target).

    Examples
    --------
    >>> pairs = pd.DataFrame({"source": ["a", "a"], "target": ["b", "c"], "weight": [2.0, 1.0]})
    >>> float(index_pairs(pairs).loc[("a", "c"), "weight"])
    1.0
    """
    levels = [table[name] for name in (*([by] if by else []), "source", "target")]
    return table.set_axis(pd.MultiIndex.from_arrays(levels, names=[None] * len(levels)), axis=0)
