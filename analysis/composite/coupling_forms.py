"""Which published form of the coupling degree a value comes from: the right one, or a known wrong one."""

from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.composite.coupling import couple, couple_modified
from regions.arrays import Floats
from regions.errors import MethodError
from regions.messages import say
from regions.words import Words

_FEWEST = 2
_ROUNDING = 1e-12
_FROM_THREE = frozenset({"square_root", "pairs", "pairs_n"})
"""With two systems these are one of the others."""


class _Form(NamedTuple):
    """A form of C, whether it is right, and what is wrong with it."""

    compute: Callable[[Floats], float]
    right: bool
    formula: str
    words: Words


def _mean_of(u: Floats, power: float) -> float:
    """Return (product / (mean ** n)) ** power."""
    return float((np.prod(u) / np.mean(u) ** len(u)) ** power)


def _pairs(u: Floats) -> float:
    return float(np.prod([a + b for a, b in combinations(u, 2)]))


_FORMS: dict[str, _Form] = {
    "standard": _Form(
        lambda u: float(couple(u[None, :])[0]),
        True,
        "n (prod U)^(1/n) / sum U",
        Words("The right form, in [0, 1].", "正确形式，取值 [0, 1]。"),
    ),
    "modified": _Form(
        lambda u: float(couple_modified(u[None, :])[0]),
        True,
        "sqrt([1 - mean |Ui - Uj|] (prod U / max U)^(1/(n-1)))",
        Words("The modified form of Wang et al. (2021), in [0, 1].", "王淑佳等（2021）的修正形式，取值 [0, 1]。"),
    ),
    "missing_n": _Form(
        lambda u: _mean_of(u, 1 / len(u)) / len(u),
        False,
        "(prod U)^(1/n) / sum U",
        Words(
            "The factor n is missing: the value cannot pass 1/n (.5 for two systems). Multiply it by n.",
            "漏乘系数 n：最大值只有 1/n（两系统为 0.5）。应乘以 n。",
        ),
    ),
    "no_root": _Form(
        lambda u: _mean_of(u, 1.0),
        False,
        "prod U / (sum U / n)^n",
        Words("The root 1/n is missing: take the n-th root.", "漏开 n 次方根：应再开 n 次方。"),
    ),
    "square_root": _Form(
        lambda u: _mean_of(u, 1 / 2),
        False,
        "sqrt(prod U / (sum U / n)^n)",
        Words("A square root where the n-th root belongs (n is not 2).", "把 n 次方根误作平方根（n 不等于 2）。"),
    ),
    "no_square": _Form(
        lambda u: float(np.sqrt(np.prod(u) / u.sum())),
        False,
        "sqrt(U1 U2 / (U1 + U2))",
        Words(
            "The sum is not raised to the power n: the value depends on the scale of U.",
            "分母之和漏乘 n 次方：结果随 U 的量纲变化。",
        ),
    ),
    "no_square_n": _Form(
        lambda u: float(len(u) * (np.prod(u) / u.sum()) ** (1 / len(u))),
        False,
        "n (prod U / sum U)^(1/n)",
        Words(
            "With the factor n, but the sum is not raised to the power n: it may pass 1.",
            "有系数 n，但分母之和漏乘 n 次方：结果可能大于 1。",
        ),
    ),
    "pairs": _Form(
        lambda u: float((np.prod(u) / _pairs(u)) ** (1 / len(u))),
        False,
        "(prod U / prod_{i<j}(Ui + Uj))^(1/n)",
        Words(
            "Sums of pairs in the divisor: for three systems it cannot pass .5, for others it depends on the scale.",
            "分母为两两之和的连乘：三系统时最大值只有 0.5，其他系统数时随量纲变化。",
        ),
    ),
    "pairs_n": _Form(
        lambda u: float(len(u) * (np.prod(u) / _pairs(u)) ** (1 / len(u))),
        False,
        "n (prod U / prod_{i<j}(Ui + Uj))^(1/n)",
        Words(
            "Sums of pairs in the divisor, times n: for three systems it reaches 1.5.",
            "分母为两两之和的连乘再乘 n：三系统时最大可达 1.5。",
        ),
    ),
}


def _read_printed(value: float | str) -> Decimal | None:
    """Return a number with the digits that it was printed with; None for what is no number."""
    try:
        found = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def explain_coupling(systems: Sequence[float], value: float | str, *, tolerance: float | None = None) -> pd.DataFrame:
    """Say which published form of the coupling degree C gives a value.

    Parameters
    ----------
    systems
        U of each system, > 0; three digits or more.
    value
        C as a paper, or a table, has it; as a text, ``"0.640"``, its last zeros count.
    tolerance
        How far a form may lie from it; by default half a unit of its last digit (0.64 -> 0.005).

    Returns
    -------
    DataFrame
        Index ``form``, nearest first; ``value``, ``fits``, ``right``, ``formula``, ``what``, ``what_zh``. Several forms
        may fit, as where the systems sum to 1; none fitting means that U or the digits differ.

    Raises
    ------
    MethodError
        For fewer than two systems or one that is not positive, or a value that is no number.

    Examples
    --------
    >>> found = explain_coupling([0.9, 0.3], 0.433)
    >>> found[found["fits"]].index.tolist(), round(float(found.loc["standard", "value"]), 3)
    (['missing_n'], 0.866)
    """
    u = np.asarray(systems, dtype=float)
    printed = _read_printed(value)
    if u.ndim != 1 or len(u) < _FEWEST or not ((u > 0) & np.isfinite(u)).all() or printed is None:
        raise MethodError(say("coupling/explain", systems=list(systems), value=value))
    if tolerance is None:
        tolerance = max(0.5 * 10.0 ** int(printed.as_tuple().exponent), _ROUNDING)
    rows = []
    for name, form in _FORMS.items():
        if len(u) == _FEWEST and name in _FROM_THREE:
            continue
        found = form.compute(u)
        distance = abs(found - float(printed))
        rows.append((name, found, distance <= tolerance * (1 + 1e-9), form.right, form.formula, *form.words, distance))
    columns = ["form", "value", "fits", "right", "formula", "what", "what_zh", "_distance"]
    table = pd.DataFrame(rows, columns=columns).set_index("form")
    return table.sort_values("_distance", kind="stable").drop(columns="_distance")
