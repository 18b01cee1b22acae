"""What weights, groups and other values of estimated spillover are called, in English and in Chinese."""

from collections.abc import Callable, Mapping
from functools import partial

import pandas as pd

from analysis.autocorrelation.local_autocorrelation import CLUSTERS
from regions.frames.vocabulary import list_set_names
from regions.words import Words

_WEIGHTS: dict[str, Words] = {
    "contiguity": Words("borders", "邻接"),
    "contiguity-spectral": Words("borders, spectral", "邻接（谱）"),
    "inverse-distance": Words("1 / distance", "距离倒数"),
    "inverse-distance-squared": Words("1 / distance²", "距离平方倒数"),
    "decay": Words("decay", "距离衰减"),
    "economic": Words("economic", "经济距离"),
    "collaboration": Words("collaboration", "协作"),
    "collaboration-spectral": Words("collaboration, spectral", "协作（谱）"),
    "contiguity+economic": Words("borders + economic", "邻接+经济"),
}
_GROUPS: dict[str, Words] = {
    "(rest)": Words("the rest", "其余"),
    "(outside)": Words("outside", "组外"),
    "(unknown)": Words("unknown", "未知"),
    "all": Words("the whole", "总体"),
    "core": Words("core", "核心"),
    "coastal-belt": Words("Coastal belt", "沿海发展带"),
    "hu-hang-jin-belt": Words("Shanghai-Hangzhou-Jinhua belt", "沪杭金发展带"),
    "hu-ning-he-hang-yong-belt": Words("Shanghai-Nanjing-Hefei-Hangzhou-Ningbo belt", "沪宁合杭甬发展带"),
    "riverside-belt": Words("Riverside belt", "沿江发展带"),
    "northeast-with-east-inner-mongolia": Words("Northeast with eastern Inner Mongolia", "东北及内蒙古东部"),
    "yangtze-delta": Words("Yangtze Delta", "长三角"),
    "upstream": Words("upstream", "上游"),
    "midstream": Words("midstream", "中游"),
    "downstream": Words("downstream", "下游"),
    "North": Words("North", "华北"),
    "Northeast": Words("Northeast", "东北"),
    "East": Words("East", "华东"),
    "Central-South": Words("Central-South", "中南"),
    "Southwest": Words("Southwest", "西南"),
    "Northwest": Words("Northwest", "西北"),
    "east": Words("east", "东部"),
    "central": Words("central", "中部"),
    "west": Words("west", "西部"),
    "macro_region": Words("large regions", "六大区"),
    "three-regions": Words("three regions", "三大区域"),
    "four-regions": Words("four regions", "四大区域"),
    "northeast": Words("Northeast", "东北"),
    "east-inner-mongolia": Words("eastern Inner Mongolia", "内蒙古东部"),
    "yangtze-delta-central": Words("Yangtze Delta, central area", "长三角中心区"),
    "yangtze-delta-cluster": Words("Yangtze Delta city cluster", "长三角城市群"),
    "yangtze-economic-belt": Words("Yangtze Economic Belt", "长江经济带"),
    "g60": Words("G60 corridor", "G60科创走廊"),
    "south-jiangsu": Words("Southern Jiangsu", "苏南"),
    "central-jiangsu": Words("Central Jiangsu", "苏中"),
    "north-jiangsu": Words("Northern Jiangsu", "苏北"),
    "north-anhui": Words("Northern Anhui", "皖北"),
    "south-anhui": Words("Southern Anhui", "皖南"),
    "northeast-zhejiang": Words("Northeastern Zhejiang", "浙东北"),
    "southwest-zhejiang": Words("Southwestern Zhejiang", "浙西南"),
    "shanghai-metropolitan-2022": Words("Shanghai metropolitan area (2022)", "上海大都市圈"),
    "nanjing-metropolitan-2021": Words("Nanjing metropolitan area (2021)", "南京都市圈"),
    "hangzhou-metropolitan-2020": Words("Hangzhou metropolitan area (2020)", "杭州都市圈"),
    "hefei-metropolitan-2020": Words("Hefei metropolitan area (2020)", "合肥都市圈"),
    "nanjing-circle": Words("Nanjing circle (2016)", "南京都市圈（2016 年规划）"),
    "hangzhou-circle": Words("Hangzhou circle (2016)", "杭州都市圈（2016 年规划）"),
    "hefei-circle": Words("Hefei circle (2016)", "合肥都市圈（2016 年规划）"),
    "ningbo-circle": Words("Ningbo circle (2016)", "宁波都市圈"),
    "suxichang-circle": Words("Suzhou-Wuxi-Changzhou circle (2016)", "苏锡常都市圈"),
    "three-northeast-provinces": Words("three provinces of the Northeast", "东北三省"),
    "province": Words("province", "省份"),
    "country": Words("country", "国家"),
    "region": Words("region", "大区"),
    "parent": Words("region above", "上级地区"),
}


VALUES: dict[str, dict[str, Words]] = {
    "effects": {
        "none": Words("none", "无"),
        "region": Words("of regions", "地区"),
        "year": Words("of years", "年份"),
        "both": Words("of regions and years", "地区与年份"),
    },
    "effect": {
        "direct": Words("direct", "直接"),
        "indirect": Words("indirect (spillover)", "间接（溢出）"),
        "total": Words("total", "合计"),
    },
    "statistic": {
        "moran": Words("Moran", "莫兰 I"),
        "geary": Words("Geary", "吉尔里 C"),
        "getis-ord": Words("Getis-Ord G", "Getis-Ord G"),
    },
    "test": {
        "error": Words("error", "误差"),
        "lag": Words("lag", "滞后"),
        "robust_error": Words("error, robust to a lag", "误差（稳健）"),
        "robust_lag": Words("lag, robust to an error", "滞后（稳健）"),
        "both": Words("both", "两者"),
    },
    "space": {
        "geography": Words("geography", "地理空间"),
        "development": Words("development", "发展空间"),
        "cyber": Words("cyber", "网络空间"),
        "collaboration (for cyber)": Words("collaboration (for cyber)", "网络空间（以协作代替）"),
    },
    "cluster": dict(CLUSTERS),
    "kind": {"spillover": Words("spillover", "溢出")},
    "origin": {"modelled": Words("modelled", "模型估计")},
}
"""Column -> what its values are called."""


def name_values(table: pd.DataFrame, language: str, variables: Mapping[str, Words]) -> pd.DataFrame:
    """Return a table for readers: values by their names in a language, numbers to six significant digits.

    Parameters
    ----------
    table
        Of estimated spillover, as the CSV files hold it.
    language
        ``en`` or ``zh``.
    variables
        Indicator -> its name.
    """
    names: dict[str, Callable[[str], Words]] = {
        "weights": name_weights,
        "giver": name_group,
        "receiver": name_group,
        "grouping": name_group,
        "variable": lambda name: variables.get(name, Words(name, name)),
        "model": lambda name: Words(name.upper(), name.upper()),
    }
    names |= {column: partial(_find, known) for column, known in VALUES.items()}
    shown = table.copy()
    for column in table:
        if column in names and not pd.api.types.is_numeric_dtype(table[column]):
            each = {value: names[str(column)](str(value)).text(language) for value in table[column].unique()}
            shown[column] = table[column].map(each)
        elif pd.api.types.is_float_dtype(table[column]):
            shown[column] = table[column].map(lambda value: float(f"{value:.6g}"))
    return shown


def _find(known: Mapping[str, Words], value: str) -> Words:
    return known.get(value, Words(value, value))


def name_weights(name: str) -> Words:
    """Return what a W of `analysis.build_study_weights` is called; one of the user's keeps its own name."""
    if name.startswith("nearest-"):
        count = name.removeprefix("nearest-")
        return Words(f"{count} nearest", f"最近 {count} 个")
    if name.startswith("block-"):
        border = name_group(name.removeprefix("block-"))
        return Words(f"same {border.en}", f"同属{border.zh}")
    return _WEIGHTS.get(name, Words(name, name))


def name_group(name: str) -> Words:
    """Return what a group is called; one of the user's keeps its own name."""
    return _GROUPS.get(name) or Words(name, list_set_names().get(name, name))
