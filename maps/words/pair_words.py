"""What the columns of regressions of pairs (MRQAP) and of changes over the years mean, in English and in Chinese."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import pandas as pd

from maps.words.codebook import label_column
from maps.words.column_words import ColumnWords
from regions.words import Words

MRQAP: Mapping[str, ColumnWords] = MappingProxyType(
    {
        "predictor": ColumnWords(Words("Predictor", "解释变量"), Words("Measure of the pair", "地区对的指标"), "text"),
        "label": ColumnWords(
            Words("Meaning", "含义（英文）"), Words("The predictor in words", "解释变量的英文说明"), "text"
        ),
        "label_zh": ColumnWords(Words("Meaning (zh)", "含义"), Words("In Chinese", "解释变量的中文说明"), "text"),
        "estimate": ColumnWords(
            Words("Estimate", "系数"), Words("Least squares, in the units of the tables", "最小二乘系数，按原单位")
        ),
        "standardised": ColumnWords(
            Words("Standardised", "标准化系数"),
            Words("The estimate when all tables have standard deviation 1", "各矩阵标准差均为 1 时的系数"),
        ),
        "t": ColumnWords(
            Words("t", "t 值"), Words("Estimate over its error; only p is to be read", "系数除以标准误，仅供置换检验")
        ),
        "p": ColumnWords(
            Words("p", "p 值"),
            Words("Two-sided, by double semi-partialling of the regions", "双侧，双重半偏置换检验（MRQAP-DSP）"),
        ),
        "p_upper": ColumnWords(
            Words("p, larger", "p（更大）"),
            Words("Share of rearrangements with a t as large", "置换中 t 不小于实际的比例"),
        ),
        "p_lower": ColumnWords(
            Words("p, smaller", "p（更小）"),
            Words("Share of rearrangements with a t as small", "置换中 t 不大于实际的比例"),
        ),
        "correlation": ColumnWords(
            Words("Correlation", "相关系数"),
            Words("Of this predictor alone with the outcome (QAP)", "该变量单独与被解释矩阵的相关（QAP）"),
        ),
        "correlation_p": ColumnWords(
            Words("p of the correlation", "相关的 p 值"),
            Words("Two-sided, by permutation of the regions", "双侧，地区置换"),
        ),
    }
)
"""Columns of mrqap.csv."""

SHEETS: Mapping[str, Words] = MappingProxyType(
    {
        "about": Words("About", "说明"),
        "mrqap": Words("MRQAP", "矩阵回归"),
        "dynamics": Words("Years", "逐年变化"),
        "entries_exits": Words("Entries and exits", "新进与退出"),
        "ranks": Words("Ranks", "排名变化"),
        "communities": Words("Communities", "社群流向"),
        "years_compared": Words("Years compared", "年份相似度"),
        "backtest": Words("Predictors", "预测指标"),
        "fates": Words("Fates of gaps", "缺口走向"),
        "entries": Words("Entries", "新进入领域"),
        "sectors": Words("Sectors", "部门"),
        "chain_imports": Words("Imports in the chain", "链上进口"),
        "codebook": Words("Codebook", "指标说明"),
    }
)
"""Sheets of the workbooks."""

VALUES: Mapping[str, Mapping[str, Words]] = MappingProxyType(
    {
        "kind": {"link": Words("link", "联系"), "region": Words("region", "地区")},
        "event": {"entry": Words("entry", "新进"), "exit": Words("exit", "退出")},
    }
)
"""Column -> names of its values, for a sheet."""


def find_words(column: str, words: Mapping[str, ColumnWords]) -> ColumnWords:
    """Return the words of a column: those of the table, else those that all tables share."""
    return words[column] if column in words else label_column(column)


def list_codebook(columns: Iterable[str], words: Mapping[str, ColumnWords], language: str) -> pd.DataFrame:
    """Return column, label and meaning of every column in one language, with headers in it."""
    rows = [(column, find_words(column, words)) for column in dict.fromkeys(columns)]
    headers = (Words("Column", "列名（数据文件）"), Words("Label", "名称"), Words("Meaning", "含义"))
    table = [(column, told.label.text(language), told.meaning.text(language)) for column, told in rows]
    return pd.DataFrame(table, columns=[header.text(language) for header in headers])
