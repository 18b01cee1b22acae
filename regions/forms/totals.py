"""What a table sums to, by year: numbers that a person can compare with their own."""

import pandas as pd

from regions.understood import Total
from regions.words import Words


def count_by_year(label: str, frame: pd.DataFrame, role: Words) -> list[Total]:
    """Sum a table by year.

    Parameters
    ----------
    frame
        ``weight`` (NaN: missing) and ``year`` (Int64, may be missing).

    Examples
    --------
    >>> frame = pd.DataFrame({"weight": [2.0, float("nan"), 3.0], "year": pd.array([2021, 2021, 2022], "Int64")})
    >>> [(total.year, total.rows, total.weight, total.missing) for total in count_by_year("t", frame, Words("", ""))]
    [(2021, 1, 2.0, 1), (2022, 1, 3.0, 0)]
    """
    years = frame["year"] if "year" in frame else pd.Series([pd.NA] * len(frame), index=frame.index, dtype="Int64")
    table = pd.DataFrame(
        {"year": years.to_numpy(dtype="float64", na_value=float("nan")), "weight": frame["weight"].to_numpy()}
    )
    found = table.groupby("year", dropna=False)["weight"].agg(["count", "sum", "size"])
    return [
        Total(label, role, None if pd.isna(year) else int(year), int(rows), float(weight), int(size - rows))
        for year, rows, weight, size in found.itertuples()
    ]
