"""What weights and groups of estimated spillover are called, in English and in Chinese."""

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
    "core": Words("core", "核心"),
    "upstream": Words("upstream", "上游"),
    "midstream": Words("midstream", "中游"),
    "downstream": Words("downstream", "下游"),
    "North": Words("North", "华北"),
    "Northeast": Words("Northeast", "东北"),
    "East": Words("East", "华东"),
    "Central-South": Words("Central-South", "中南"),
    "Southwest": Words("Southwest", "西南"),
    "Northwest": Words("Northwest", "西北"),
    "macro_region": Words("large regions", "六大区"),
}


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
