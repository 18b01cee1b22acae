"""What the columns of a back-test mean, in English and in Chinese."""

from collections.abc import Mapping
from types import MappingProxyType

from analysis.expectation.grades import GRADES
from analysis.gaps.persistence import NAMES
from maps.words.column_words import ColumnWords
from maps.words.columns.complexity_columns import ENTRIES, ENTRY_NAMES, PREDICTOR_NAMES
from maps.words.page_text import UI
from regions.words import Words

BACKTEST: Mapping[str, ColumnWords] = MappingProxyType(
    {
        **ENTRIES,
        "lift": ColumnWords(
            Words("Lift of the first tenth", "前十分之一的提升"),
            Words("Share of links among the first tenth, over that among all", "前十分之一的成联率与总体之比"),
        ),
        "pairs": ColumnWords(
            Words("Pairs", "地区对"), Words("Judged: both regions had links", "参与检验，两地此前均有联系"), "count"
        ),
        "formed": ColumnWords(
            Words("Formed a link", "形成联系"), Words("Of the pairs, in the later years", "其中后期形成联系的"), "count"
        ),
        "newcomers": ColumnWords(
            Words("Pairs of newcomers", "含新进地区的对"),
            Words("One of the two had no link before; not judged here", "至少一方此前无联系，不在此检验"),
            "count",
        ),
        "grade": ColumnWords(Words("Evidence", "证据等级"), Words("Of the gap, early years", "前期缺口的证据"), "text"),
        "before": ColumnWords(Words("Links before", "前期联系"), Words("In the early years", "前期的联系数")),
        "after": ColumnWords(Words("Links after", "后期联系"), Words("In the later years", "后期的联系数")),
        "ratio_before": ColumnWords(
            Words("Before / expected", "前期/期望"), Words("By size and distance", "相对规模与距离的期望"), "number"
        ),
        "ratio": ColumnWords(
            Words("After / expected", "后期/期望"), Words("By size and distance", "相对规模与距离的期望"), "number"
        ),
    }
)
"""Columns of backtest.csv, fates.csv and entries.csv."""

BACKTEST_VALUES: Mapping[str, Mapping[str, Words]] = MappingProxyType(
    {
        "predictor": {**PREDICTOR_NAMES, "expectation": NAMES["gravity"], **NAMES},
        "entry": ENTRY_NAMES,
        "grade": {name: UI[f"grade_{name}"] for name in GRADES},
    }
)
"""Names of the codes in these tables."""
