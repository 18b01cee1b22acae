"""The layers of the page that every network has: communities, core and periphery, the groups of the study."""

import networkx as nx

import analysis
from analysis.gaps.filters import find_members
from maps import RegionClasses
from regions.errors import MethodError
from regions.study import Study
from regions.words import Words

MOST_GROUPS = 8
FEWEST = 3
LARGEST = 600
"""Networks of more regions get no communities and core by themselves: ``roles`` finds them."""


def build_page_layers(study: Study, network: "nx.Graph") -> tuple[RegionClasses, ...]:
    """Return what can be drawn of the network's order; a part that it does not allow is left out."""
    found = [_outline_groups(study)]
    linked = network.subgraph([code for code in network if any(other != code for other in network[code])])
    if FEWEST <= len(linked) <= LARGEST:
        found += [_find_communities(linked), _find_core(linked)]
    return tuple(layer for layer in found if layer is not None)


def _find_communities(network: "nx.Graph") -> RegionClasses | None:
    communities = analysis.find_communities(network)
    labels = communities.labels
    names = tuple(Words(f"Community {label}", f"社群 {label}") for label in range(1, int(labels.max()) + 1))
    note = Words(
        f"Leiden algorithm, modularity {communities.modularity:.2f}; other starts may part the regions otherwise.",
        f"Leiden 算法，模块度 {communities.modularity:.2f}；不同起点的划分可能不同。",
    )
    members = {str(code): int(label) - 1 for code, label in labels.items()}
    return RegionClasses("communities", Words("Communities", "社群"), names, members, note=note)


def _find_core(network: "nx.Graph") -> RegionClasses | None:
    core = analysis.find_core(network)
    if not core.core.any():
        return None
    names = (Words("Core", "核心"), Words("Periphery", "边缘"))
    note = Words(
        f"Pattern of Borgatti and Everett, correlation {core.correlation:.2f} with it.",
        f"Borgatti–Everett 核心—边缘模式，与理想模式的相关系数 {core.correlation:.2f}。",
    )
    members = {str(code): 0 if inside else 1 for code, inside in core.core.items()}
    return RegionClasses("core", Words("Core and periphery", "核心与边缘"), names, members, note=note, meaning="order")


def _outline_groups(study: Study) -> RegionClasses | None:
    """Outline the groups that do not overlap, the smallest first: a region is in one class."""
    if study.groups is None:
        return None
    sized = []
    for name in sorted(map(str, set(study.groups["group"]))):
        try:
            sized.append((len(members := find_members(study, name)), name, members))
        except MethodError:  # none of its members is a unit here
            continue
    members_of: dict[str, int] = {}
    names: list[Words] = []
    for size, name, members in sorted(sized):
        if 1 < size < len(study.regions) and not members & members_of.keys() and len(names) < MOST_GROUPS:
            members_of |= dict.fromkeys(members, len(names))
            names.append(Words(name, name))
    if not names:
        return None
    note = Words("Groups of the study that do not overlap, the smallest first.", "研究中互不重叠的分组，小的在前。")
    return RegionClasses("groups", Words("Groups", "分组"), tuple(names), members_of, note=note, outlined=True)
