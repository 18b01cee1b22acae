"""So what: networks, scores, spillover and collaboration gaps."""

from analysis.barriers.barriers import measure_barriers, measure_institutional_barrier
from analysis.barriers.counterfactual import Counterfactual, measure_counterfactual
from analysis.barriers.panel import PanelFit, build_yearly_networks, fit_panel, measure_barriers_by_year
from analysis.dynamics.alluvial import measure_alluvial
from analysis.dynamics.temporal import find_entries_exits, measure_link_changes, measure_rank_changes
from analysis.expectation.false_discovery_rate import measure_q_values
from analysis.expectation.goodness_of_fit import FitReport, measure_fit
from analysis.expectation.gravity import GravityFit, fit_gravity
from analysis.expectation.gravity_options import GravityOptions
from analysis.expectation.model import GravityModel
from analysis.expectation.robust_fit import fit_expectation, set_gaps_aside
from analysis.expectation.simulate import Truth, scatter_regions, simulate_network
from analysis.gaps.backtest import Backtest, backtest_gaps
from analysis.gaps.decomposition import decompose_expected
from analysis.gaps.filters import filter_gaps
from analysis.gaps.partners import find_partners
from analysis.gaps.reasons import explain_gaps
from analysis.gaps.register import GapRegister, build_gap_register, find_gaps, measure_gaps
from analysis.gaps.registers_side_by_side import GapFamily, combine_registers, count_moves, find_gaps_by
from analysis.gaps.relatedness import (
    find_specialisations,
    measure_complementarity,
    measure_density,
    measure_proximity,
    measure_rca,
    measure_reflections,
)
from analysis.gaps.whatif import measure_link_gains, measure_whatif
from analysis.inference.backbone import find_backbone, measure_link_significance
from analysis.inference.bootstrap import measure_score_intervals
from analysis.inference.matrices import build_matrix
from analysis.inference.mrqap import MrqapFit, measure_mrqap
from analysis.inference.nulls import build_gravity_draws, build_rewired, compare_with_null
from analysis.inference.qap import QapCorrelation, measure_qap
from analysis.inference.sensitivity import compare_countings, measure_missing_sensitivity
from analysis.loglinear.effects import Effect
from analysis.loglinear.nb2_dispersion import NegativeBinomialFit, fit_nb2
from analysis.loglinear.ppml import PoissonFit, fit_ppml
from analysis.networks.layers import build_actor_network, build_layers, select_records
from analysis.networks.modified_gravity import build_gravity_network
from analysis.networks.network import build_network
from analysis.networks.normalise import measure_affinity
from analysis.networks.synergy import build_path_network, select_study
from analysis.roles.blocks import measure_blocks
from analysis.roles.brokerage import measure_brokerage
from analysis.roles.communities import find_communities
from analysis.roles.concor import find_blocks
from analysis.roles.core_periphery import find_core
from analysis.roles.group_choice import choose_groups
from analysis.roles.hierarchy import measure_hierarchy
from analysis.roles.mixing import measure_mixing
from analysis.roles.modules import measure_modules
from analysis.roles.positions import measure_positions
from analysis.roles.rich_club import measure_rich_club
from analysis.roles.role_tables import measure_roles
from analysis.roles.structural_holes import measure_structural_holes
from analysis.scores.centrality import measure_centrality
from analysis.scores.cores import measure_cores
from analysis.scores.large import measure_large
from analysis.scores.link_prediction import measure_link_prediction
from analysis.scores.opsahl import measure_opsahl
from analysis.scores.registry import Column, Measure, list_measures, register_measure, remove_measure
from analysis.scores.spillover import measure_pairwise_spillover, measure_spillover
from analysis.spatial.autocorrelation import Autocorrelation, measure_autocorrelation, measure_autocorrelation_by_year
from analysis.spatial.group_spillover import measure_group_flows
from analysis.spatial.impact_orders import measure_impacts_by_order
from analysis.spatial.local_autocorrelation import LocalAutocorrelation, measure_local_autocorrelation
from analysis.spatial.region_spillover import build_impact_matrix, measure_region_flows
from analysis.spatial.spatial_fit import SpatialFit, fit_spatial
from analysis.spatial.specification_tests import measure_lagrange, measure_likelihood_ratio

__distribution__ = "regionet"
__all__ = [
    "Autocorrelation",
    "Backtest",
    "Column",
    "Counterfactual",
    "Effect",
    "FitReport",
    "GapFamily",
    "GapRegister",
    "GravityFit",
    "GravityModel",
    "GravityOptions",
    "LocalAutocorrelation",
    "Measure",
    "MrqapFit",
    "NegativeBinomialFit",
    "PanelFit",
    "PoissonFit",
    "QapCorrelation",
    "SpatialFit",
    "Truth",
    "backtest_gaps",
    "build_actor_network",
    "build_gap_register",
    "build_gravity_draws",
    "build_gravity_network",
    "build_impact_matrix",
    "build_layers",
    "build_matrix",
    "build_network",
    "build_path_network",
    "build_rewired",
    "build_yearly_networks",
    "choose_groups",
    "combine_registers",
    "compare_countings",
    "compare_with_null",
    "count_moves",
    "decompose_expected",
    "explain_gaps",
    "filter_gaps",
    "find_backbone",
    "find_blocks",
    "find_communities",
    "find_core",
    "find_entries_exits",
    "find_gaps",
    "find_gaps_by",
    "find_partners",
    "find_specialisations",
    "fit_expectation",
    "fit_gravity",
    "fit_nb2",
    "fit_panel",
    "fit_ppml",
    "fit_spatial",
    "list_measures",
    "measure_affinity",
    "measure_alluvial",
    "measure_autocorrelation",
    "measure_autocorrelation_by_year",
    "measure_barriers",
    "measure_barriers_by_year",
    "measure_blocks",
    "measure_brokerage",
    "measure_centrality",
    "measure_complementarity",
    "measure_cores",
    "measure_counterfactual",
    "measure_density",
    "measure_fit",
    "measure_gaps",
    "measure_group_flows",
    "measure_hierarchy",
    "measure_impacts_by_order",
    "measure_institutional_barrier",
    "measure_lagrange",
    "measure_large",
    "measure_likelihood_ratio",
    "measure_link_changes",
    "measure_link_gains",
    "measure_link_prediction",
    "measure_link_significance",
    "measure_local_autocorrelation",
    "measure_missing_sensitivity",
    "measure_mixing",
    "measure_modules",
    "measure_mrqap",
    "measure_opsahl",
    "measure_pairwise_spillover",
    "measure_positions",
    "measure_proximity",
    "measure_q_values",
    "measure_qap",
    "measure_rank_changes",
    "measure_rca",
    "measure_reflections",
    "measure_region_flows",
    "measure_rich_club",
    "measure_roles",
    "measure_score_intervals",
    "measure_spillover",
    "measure_structural_holes",
    "measure_whatif",
    "register_measure",
    "remove_measure",
    "scatter_regions",
    "select_records",
    "select_study",
    "set_gaps_aside",
    "simulate_network",
]
