"""Which tier an industry belongs to: the embedded mapping, and the checks of a user's own."""

import io
from importlib.resources import files

import numpy as np
import pandas as pd

from regions.errors import MethodError
from regions.messages import say
from regions.words import Words

TIERS = {
    "emerging": Words("emerging industries", "战略性新兴产业"),
    "future": Words("future industries", "未来产业"),
    "pillar": Words("pillar industries", "支柱产业"),
    "traditional": Words("traditional industries", "传统产业"),
    "other": Words("in no tier of the mapping", "未归入任何层级"),
}
"""Names of the tiers; ``other`` is what a mapping leaves over. A mapping may name further ones."""

BASIS = Words(
    "Classification of strategic emerging industries (2018), National Bureau of Statistics, order 23: its classes are "
    "finer than the divisions of GB/T 4754-2017, so a division is emerging in part, between nothing and all of it. Of "
    "future, pillar and traditional industries there is no official list by code: bring your own mapping.",
    "《战略性新兴产业分类（2018）》（国家统计局令第 23 号）：该分类细于 GB/T 4754-2017 的行业大类，"
    "故一个大类只是部分属于新兴产业，份额介于 0 与 1 之间。"
    "未来产业、支柱产业和传统产业没有按代码的官方目录，请自备对照表。",
)

_MOST = 1e-9


def load_tiers() -> pd.DataFrame:
    """Load the embedded mapping: divisions of GB/T 4754-2017 that hold classes of strategic emerging industries (2018).

    By the titles of the nine domains of the classification, not verified class by class; what share of a division is
    emerging is not published, so every share is between 0 and 1.

    Returns
    -------
    DataFrame
        ``industry`` (two digits, text), ``name``, ``name_zh``, ``tier``, ``low``, ``high``, ``domains``.

    Examples
    --------
    >>> load_tiers().set_index("industry").loc["36", "name"]
    'Automobiles'
    """
    text = files("regions.industry_tiers").joinpath("strategic_emerging_2018.csv").read_text(encoding="utf-8")
    return pd.read_csv(io.StringIO(text), dtype={"industry": str})


def check_tiers(mapping: pd.DataFrame) -> pd.DataFrame:
    """Check a mapping of industries to tiers, and give it bounds.

    Parameters
    ----------
    mapping
        ``industry`` (text), ``tier``, and ``share`` (0 to 1), or ``low`` and ``high`` where the share is not known;
        without any of them an industry belongs to its tier whole. An industry may stand in several rows, one per tier.

    Returns
    -------
    DataFrame
        ``industry``, ``tier``, ``low``, ``high``.

    Raises
    ------
    MethodError
        All faults at once: a column is missing, a pair stands twice, a share is outside 0 to 1 or below its low end,
        the sure parts of an industry make more than the whole.

    Examples
    --------
    >>> check_tiers(pd.DataFrame({"industry": ["36"], "tier": ["pillar"], "share": [0.7]}))["high"].tolist()
    [0.7]
    """
    missing = [name for name in ("industry", "tier") if name not in mapping]
    if missing:
        raise MethodError(say("tiers/columns", columns=missing))
    table = mapping[["industry", "tier"]].astype(str)
    whole = mapping["share"] if "share" in mapping else pd.Series(1.0, index=mapping.index)
    table = table.assign(
        low=pd.to_numeric(mapping.get("low", whole), errors="coerce"),
        high=pd.to_numeric(mapping.get("high", whole), errors="coerce"),
    )
    low, high = table["low"].to_numpy(dtype=float), table["high"].to_numpy(dtype=float)
    bad = table["industry"][~((low >= 0) & (low <= high) & (high <= 1))]
    twice = table["industry"][table.duplicated(["industry", "tier"])]
    sure = table.groupby("industry")["low"].sum()
    over = sure.index[(sure > 1 + _MOST).to_numpy()]
    faults = [
        say(key, industries=sorted(set(words)))
        for key, words in (("tiers/share", bad), ("tiers/twice", twice), ("tiers/over", over))
        if len(words)
    ]
    if faults:
        raise MethodError(say("faults/joined", faults=[fault.words for fault in faults]))
    return table.assign(high=np.minimum(high, 1.0)).reset_index(drop=True)
