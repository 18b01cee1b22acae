"""All roles of a network by one grouping: tables of nodes, blocks and of the network as a whole."""

from dataclasses import asdict, dataclass

import networkx as nx
import numpy as np
import pandas as pd

from analysis.roles.blocks import BLOCK_ROLES, Blockmodel, measure_blocks
from analysis.roles.brokerage import ROLES, Brokerage, measure_brokerage
from analysis.roles.communities import Communities, find_communities
from analysis.roles.concor import find_blocks
from analysis.roles.core_periphery import CorePeriphery, find_core
from analysis.roles.grouping import Groups
from analysis.roles.hierarchy import Hierarchy, measure_hierarchy
from analysis.roles.mixing import Mixing, measure_mixing
from analysis.roles.modules import measure_modules
from analysis.roles.rich_club import measure_rich_club
from analysis.roles.structural_holes import measure_structural_holes

_DRAWS = (10, 100)  # rewired networks, few where there are many links
_REWIRED = 100_000  # links in all of them: some seconds


@dataclass(frozen=True, slots=True, eq=False)
class RegionRoles:
    """Who plays which part.

    Attributes
    ----------
    nodes
        Index ``code``: ``group``, the counts and z of brokerage, links inside and outside the group and ``ei_index``,
        ``block`` with ``block_role`` and ``block_role_zh``, ``in_core``, community with agreement, participation,
        module z and role, constraint, effective size and efficiency. See the functions named in the imports.
    blocks
        Index ``block``: the table of `measure_blocks`, ``role_zh``, and the densities ``density_to_<block>``.
    image
        Blocks x blocks, 0 or 1.
    figures
        Index ``figure``: one row per figure of the whole network, ``value``, ``expected``, ``z``, ``p`` (NaN where
        there is no null model).
    rich_club
        The table of `measure_rich_club`.
    rewired
        The number of rewired networks that it compares with: up to 100, ten where there are many links.
    directed
        Whether links have a direction; without, brokers stand between pairs in both orders and blocks cannot be net
        beneficiaries.
    """

    nodes: pd.DataFrame
    blocks: pd.DataFrame
    image: pd.DataFrame
    figures: pd.DataFrame
    rich_club: pd.DataFrame
    rewired: int
    directed: bool


def measure_roles(
    network: nx.Graph, groups: Groups, *, depth: int = 2, theta: float = 0.2, permutations: int = 1000, seed: int = 0
) -> RegionRoles:
    """Measure brokerage and mixing by ``groups``, and find blocks, core and communities.

    Parameters
    ----------
    network
        Any Graph or DiGraph of at most 1,500 nodes.
    groups
        The group of each node.
    depth, theta
        Of the blocks: how often to split, and the limit on delta.
    permutations, seed
        Shuffles of the groups; the seed serves communities and core too.

    Returns
    -------
    RegionRoles
        Tables of nodes, blocks and figures.

    Raises
    ------
    MethodError
        As the single functions do.

    Examples
    --------
    >>> network = nx.karate_club_graph()
    >>> club = nx.get_node_attributes(network, "club")
    >>> roles = measure_roles(network, club, permutations=20)
    >>> roles.figures.index[:3].tolist()
    ['coordinator', 'consultant', 'gatekeeper']
    """
    brokerage = measure_brokerage(network, groups, permutations=permutations, seed=seed)
    mixing = measure_mixing(network, groups, permutations=permutations, seed=seed)
    block = find_blocks(network, depth=depth)
    model = measure_blocks(network, block, theta=theta)
    communities, core = find_communities(network, seed=seed), find_core(network, seed=seed)
    kept = ["group", *ROLES, "brokerage", *(f"{role}_z" for role in ROLES)]
    nodes = brokerage.nodes[kept].join(mixing.nodes.drop(columns="group"))
    nodes = nodes.assign(
        block=block,
        block_role=block.map(model.roles["role"]),
        block_role_zh=block.map(model.roles["role"]).map(BLOCK_ROLES),
        in_core=core.core.astype(np.int64),
        community=communities.labels,
        community_agreement=communities.agreement,
    )
    nodes = nodes.join(measure_modules(network, communities.labels)).join(measure_structural_holes(network))
    figures = _list_figures(brokerage, mixing, measure_hierarchy(network), communities, core)
    draws = int(np.clip(_REWIRED // max(network.number_of_edges(), 1), *_DRAWS))
    club = measure_rich_club(network, draws=draws, seed=seed)
    return RegionRoles(nodes, _join_blocks(model), model.image, figures, club, draws, network.is_directed())


def _join_blocks(model: Blockmodel) -> pd.DataFrame:
    density = model.density.add_prefix("density_to_")
    return model.roles.assign(role_zh=model.roles["role"].map(BLOCK_ROLES)).join(density)


def _list_figures(
    brokerage: Brokerage, mixing: Mixing, hierarchy: Hierarchy, communities: Communities, core: CorePeriphery
) -> pd.DataFrame:
    totals = brokerage.totals.rename(columns={"count": "value"})[["value", "expected", "z", "p"]]
    plain = {
        **{"graph_efficiency" if name == "efficiency" else name: value for name, value in asdict(hierarchy).items()},
        "communities": communities.count,
        "modularity": communities.modularity,
        "stability": communities.stability,
        "core_size": int(core.core.sum()),
        "core_correlation": core.correlation,
    }
    tested = {"value": mixing.ei_index, "expected": mixing.expected, "z": mixing.z, "p": mixing.p}
    table = pd.concat(
        [totals.astype(float), pd.DataFrame([tested], index=["ei_index"]), pd.DataFrame({"value": plain}, dtype=float)]
    )
    return table.rename_axis("figure")
