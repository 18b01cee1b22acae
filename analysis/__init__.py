"""So what: networks, scores, spillover and collaboration gaps."""

from analysis.backbone import find_backbone, measure_link_significance
from analysis.barriers import measure_barriers
from analysis.centrality import measure_centrality
from analysis.counterfactual import Counterfactual, measure_counterfactual
from analysis.effects import Effect
from analysis.fitreport import FitReport, measure_fit
from analysis.gaps import find_gaps, measure_gaps
from analysis.gravity import GravityFit, fit_gravity
from analysis.model import GravityModel
from analysis.multiple import measure_q_values
from analysis.network import build_network
from analysis.normalise import measure_affinity
from analysis.options import GravityOptions
from analysis.overdispersion import NegativeBinomialFit, fit_nb2
from analysis.ppml import PoissonFit, fit_ppml
from analysis.spillover import measure_pairwise_spillover, measure_spillover

__distribution__ = "regionet"
__all__ = [
    "Counterfactual",
    "Effect",
    "FitReport",
    "GravityFit",
    "GravityModel",
    "GravityOptions",
    "NegativeBinomialFit",
    "PoissonFit",
    "build_network",
    "find_backbone",
    "find_gaps",
    "fit_gravity",
    "fit_nb2",
    "fit_ppml",
    "measure_affinity",
    "measure_barriers",
    "measure_centrality",
    "measure_counterfactual",
    "measure_fit",
    "measure_gaps",
    "measure_link_significance",
    "measure_pairwise_spillover",
    "measure_q_values",
    "measure_spillover",
]
