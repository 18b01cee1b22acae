"""One line that reconciles a likely shortfall with a count inside its interval."""

import pandas as pd

from analysis.expectation.grades import SIGNIFICANT
from regions.words import Words

_LIKELY = 0.95
_SUREST = 0.999


def reconcile_columns(gaps: pd.DataFrame) -> Words | None:
    """Say why a shortfall may be next to sure where the count lies inside its interval; None where none does.

    Parameters
    ----------
    gaps
        A register, the first row of which that needs it is the example: ``observed``, ``low``, ``high``, ``q``,
        ``shortfall_probability``.

    Examples
    --------
    >>> row = {"observed": 87.0, "low": 51.0, "high": 365.0, "q": 0.31, "shortfall_probability": 0.997}
    >>> reconcile_columns(pd.DataFrame([row])).en[-60:]
    ' be no proof (q = 0.31), and still be 99.7 % likely too few.'
    """
    inside = (gaps["low"] <= gaps["observed"]) & (gaps["q"] >= SIGNIFICANT)
    likely = gaps[inside & (gaps["shortfall_probability"] >= _LIKELY)]
    if likely.empty:
        return None
    pair = likely.iloc[0]
    count, low, high = (f"{pair[name]:,.0f}" for name in ("observed", "low", "high"))
    share = f"{min(pair['shortfall_probability'], _SUREST):.1%}".replace("%", " %")
    return Words(
        "How the columns agree: the interval and q take the ordinary scatter between pairs for chance, the probability "
        f"of a shortfall takes it for real differences. So {count} may lie inside {low}-{high}, be no proof "
        f"(q = {pair['q']:.2f}), and still be {share} likely too few.",
        f"各列如何同时成立：区间与 q 把地区对之间的一般波动视为偶然，“合作不足的概率”则视为真实差异。因此 {count} "
        f"可以落在 {low}—{high} 之内、不构成证明（q = {pair['q']:.2f}），同时有 {share} 的可能低于期望。",
    )
