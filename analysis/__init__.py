"""So what: networks, scores, spillover and collaboration gaps, by the question they answer.

What is not named here stands in the rooms below; CONTRIBUTING has the map.
"""

# ruff: noqa: I001, RUF022 - the names stand by question, not by alphabet

from typing import TYPE_CHECKING

# What network do the records and links of a study give?
from analysis.barriers.panel import build_yearly_networks
from analysis.networks.multilayer import build_actor_network, build_layers
from analysis.networks.modified_gravity import build_gravity_network
from analysis.networks.network import build_network
from regions.study_parts.study_selection import select_study

# Which regions are central, and how sure is it?
from analysis.inference.bootstrap import measure_score_intervals
from analysis.roles.positions import measure_positions
from analysis.roles.structural_holes import measure_structural_holes
from analysis.scores.centrality import measure_centrality
from analysis.scores.large import measure_large
from analysis.scores.registry import Column, Measure, list_measures, register_measure

# What spills over, and what would more links change?
from analysis.gaps.whatif import measure_whatif
from analysis.scores.spillover import measure_pairwise_spillover, measure_spillover

# How do neighbours in space matter, who gives to whom, and how sure is it?
from analysis.autocorrelation.autocorrelation import measure_autocorrelation
from analysis.autocorrelation.local_autocorrelation import measure_local_autocorrelation
from analysis.spatial.simulated_panel import simulate_spatial_panel
from analysis.spatial.spatial_fit import fit_spatial
from analysis.spatial.specification_tests import measure_lagrange
from analysis.spillover.group_spillover import measure_group_flows
from analysis.spillover.pools import measure_technological_pool
from analysis.spillover.region_spillover import measure_region_flows
from analysis.spillover.study_weights import build_study_weights
from analysis.spillover.decay_reach import fit_reach
from analysis.spillover.weight_profiles import fit_spaces

# How well do regions stand, by many indicators at once, and how far do the choices move them?
from analysis.composite.choice_sensitivity import measure_choice_sensitivity
from analysis.composite.composite_index import IndexOptions, measure_index
from analysis.composite.coupling import measure_coupling
from analysis.composite.coupling_forms import explain_coupling
from analysis.composite.rank_intervals import IndexChoices, draw_ranks, measure_rank_intervals
from analysis.development.momentum import measure_momentum

# Which parts do regions play?
from analysis.roles.brokerage import measure_brokerage
from analysis.roles.communities import find_communities
from analysis.roles.concor import find_blocks
from analysis.roles.core_periphery import find_core
from analysis.roles.rich_club import measure_rich_club
from analysis.roles.role_tables import measure_roles

# How much collaboration is to be expected?
from analysis.expectation.gravity import fit_gravity
from analysis.expectation.gravity_options import GravityOptions
from analysis.expectation.robust_fit import fit_expectation
from analysis.expectation.simulate import Truth, scatter_regions, simulate_network
from analysis.loglinear.effects import Effect
from analysis.loglinear.nb2_dispersion import fit_nb2

# Where are the gaps, why, and who could close them?
from analysis.gaps.gap_backtest import backtest_gaps
from analysis.gaps.filters import filter_gaps
from analysis.gaps.partners import find_partners
from analysis.gaps.reasons import explain_gaps
from analysis.gaps.register import GapRegister, build_gap_register, find_gaps
from analysis.gaps.registers_side_by_side import find_gaps_by
from analysis.scores.link_prediction import measure_link_prediction

# What do borders cost?
from analysis.barriers.barriers import measure_barriers, measure_institutional_barrier
from analysis.barriers.panel import measure_barriers_by_year

# Could chance have done it?
from analysis.inference.backbone import find_backbone, measure_link_significance
from analysis.inference.mrqap import measure_mrqap
from analysis.inference.nulls import build_rewired, compare_with_null
from analysis.inference.qap import measure_qap

# What changes from year to year?
from analysis.dynamics.diffusion import measure_diffusion
from analysis.dynamics.temporal import find_entries_exits, measure_link_changes, measure_rank_changes
from regions.arguments import guard_functions
from regions.renamed import accept_renamed, find_renamed

__distribution__ = "regionet"
__all__ = [
    # What network do the records and links of a study give?
    "build_network",
    "build_actor_network",
    "build_layers",
    "build_yearly_networks",
    "build_gravity_network",
    "select_study",
    # Which regions are central, and how sure is it?
    "measure_centrality",
    "measure_positions",
    "measure_structural_holes",
    "measure_large",
    "measure_score_intervals",
    "Column",
    "Measure",
    "list_measures",
    "register_measure",
    # What spills over, and what would more links change?
    "measure_spillover",
    "measure_pairwise_spillover",
    "measure_whatif",
    # How do neighbours in space matter, who gives to whom, and how sure is it?
    "build_study_weights",
    "fit_reach",
    "fit_spaces",
    "fit_spatial",
    "measure_autocorrelation",
    "measure_group_flows",
    "measure_lagrange",
    "measure_local_autocorrelation",
    "measure_region_flows",
    "measure_technological_pool",
    "simulate_spatial_panel",
    # How well do regions stand, by many indicators at once, and how far do the choices move them?
    "IndexChoices",
    "IndexOptions",
    "draw_ranks",
    "explain_coupling",
    "measure_choice_sensitivity",
    "measure_coupling",
    "measure_index",
    "measure_momentum",
    "measure_rank_intervals",
    # Which parts do regions play?
    "measure_roles",
    "measure_brokerage",
    "measure_rich_club",
    "find_blocks",
    "find_communities",
    "find_core",
    # How much collaboration is to be expected?
    "Effect",
    "GravityOptions",
    "fit_expectation",
    "fit_gravity",
    "fit_nb2",
    "Truth",
    "scatter_regions",
    "simulate_network",
    # Where are the gaps, why, and who could close them?
    "GapRegister",
    "backtest_gaps",
    "build_gap_register",
    "explain_gaps",
    "filter_gaps",
    "find_gaps",
    "find_gaps_by",
    "find_partners",
    "measure_link_prediction",
    # What do borders cost?
    "measure_barriers",
    "measure_barriers_by_year",
    "measure_institutional_barrier",
    # Could chance have done it?
    "build_rewired",
    "compare_with_null",
    "find_backbone",
    "measure_link_significance",
    "measure_mrqap",
    "measure_qap",
    # What changes from year to year?
    "find_entries_exits",
    "measure_diffusion",
    "measure_link_changes",
    "measure_rank_changes",
]

_MOVED = {
    "Backtest": "analysis.gaps.gap_backtest",
    "Counterfactual": "analysis.barriers.counterfactual",
    "FitReport": "analysis.expectation.goodness_of_fit",
    "GapFamily": "analysis.gaps.registers_side_by_side:GapRegisters",
    "GravityFit": "analysis.expectation.gravity",
    "GravityModel": "analysis.expectation.model",
    "MrqapFit": "analysis.inference.mrqap",
    "NegativeBinomialFit": "analysis.loglinear.nb2_dispersion",
    "PanelFit": "analysis.barriers.panel",
    "PoissonFit": "analysis.loglinear.ppml",
    "QapCorrelation": "analysis.inference.qap",
    "Specification": "analysis.spillover.robustness",
    "assign_groups": "analysis.roles.unit_groups",
    "build_gravity_draws": "analysis.inference.nulls",
    "build_impact_matrix": "analysis.spillover.region_spillover",
    "build_matrix": "analysis.inference.matrices",
    "build_path_network": "analysis.networks.synergy",
    "choose_groups": "analysis.roles.unit_groups:assign_groups",
    "combine_registers": "analysis.gaps.registers_side_by_side",
    "compare_countings": "analysis.inference.sensitivity",
    "correct_within": "analysis.gaps.filters",
    "count_moves": "analysis.gaps.registers_side_by_side",
    "decompose_expected": "analysis.gaps.decomposition",
    "find_specialisations": "analysis.complexity.relatedness",
    "fit_grid": "analysis.spillover.robustness",
    "fit_panel": "analysis.barriers.panel",
    "fit_ppml": "analysis.loglinear.ppml",
    "fit_sized_expectation": "analysis.expectation.size_control",
    "judge_grid": "analysis.spillover.robustness",
    "measure_added_links": "analysis.gaps.whatif",
    "measure_affinity": "analysis.networks.normalise",
    "measure_alluvial": "analysis.dynamics.alluvial",
    "measure_autocorrelation_by_year": "analysis.autocorrelation.autocorrelation",
    "measure_blocks": "analysis.roles.blocks",
    "measure_complementarity": "analysis.complexity.relatedness",
    "measure_cores": "analysis.scores.cores",
    "measure_counterfactual": "analysis.barriers.counterfactual",
    "measure_density": "analysis.complexity.relatedness",
    "measure_exposure": "analysis.spillover.pools",
    "measure_fit": "analysis.expectation.goodness_of_fit",
    "measure_gaps": "analysis.gaps.register",
    "measure_growth_alike": "analysis.spillover.network_growth",
    "measure_hierarchy": "analysis.roles.hierarchy",
    "measure_holes": "analysis.roles.structural_holes:measure_structural_holes",
    "measure_impacts_by_order": "analysis.spillover.impact_orders",
    "measure_likelihood_ratio": "analysis.spatial.specification_tests",
    "measure_link_gains": "analysis.gaps.whatif:measure_added_links",
    "measure_missing_sensitivity": "analysis.inference.sensitivity",
    "measure_mixing": "analysis.roles.mixing",
    "measure_modules": "analysis.roles.modules",
    "measure_opsahl": "analysis.scores.opsahl",
    "measure_proximity": "analysis.complexity.relatedness",
    "measure_q_values": "analysis.expectation.false_discovery_rate",
    "measure_rca": "analysis.complexity.relatedness",
    "measure_reflections": "analysis.complexity.relatedness",
    "pool_flows": "analysis.spillover.pooled_flows",
    "pool_group_flows": "analysis.spillover.pooled_flows",
    "remove_measure": "analysis.scores.registry",
    "select_records": "analysis.networks.multilayer",
    "set_gaps_aside": "analysis.expectation.robust_fit:refit_robustly",
}
"""Names that stood here until 0.1."""

_ARGUMENTS = {
    "build_rewired": {"replicates": "draws"},
    "find_backbone": {"alpha": "level"},
    "find_communities": {"runs": "starts"},
    "find_partners": {"weights": "importance"},
    "measure_mrqap": {"replicates": "permutations"},
    "measure_qap": {"replicates": "permutations"},
    "measure_rich_club": {"nulls": "draws"},
    "measure_score_intervals": {"replicates": "draws"},
}
"""Function -> what its arguments were called until 0.1."""

guard_functions(globals(), __all__)
globals().update({name: accept_renamed(globals()[name], renamed) for name, renamed in _ARGUMENTS.items()})

if not TYPE_CHECKING:  # a checker would take every name for one that is here

    def __getattr__(name: str) -> object:
        """Find a name that has moved."""
        return find_renamed(__name__, name, _MOVED)
