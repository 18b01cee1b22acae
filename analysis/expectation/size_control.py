"""How a model of expected collaboration allows for the size of regions: one effect each, or their masses.

Effects need every region in several pairs. Where only one region's links are known (a city that keeps its own rows),
each other region stands in one pair, and its effect would be whatever was observed; masses can be fitted then, to the
pairs with that region alone: what was never covered is no zero.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import pandas as pd

from analysis.expectation.gravity import GravityFit
from analysis.expectation.gravity_options import GravityOptions
from analysis.expectation.robust_fit import fit_expectation
from regions.errors import MethodError
from regions.messages import say
from regions.study import Study
from regions.study_parts.study_masses import find_mass
from regions.words import Words

if TYPE_CHECKING:
    import networkx as nx


SizeControl = Literal["effects", "mass", "auto"]

_FEWEST_PARTNERS = 3


@dataclass(frozen=True, slots=True, eq=False)
class SizedFit:
    """A fitted expectation, and how it allows for the size of regions.

    Attributes
    ----------
    fit
        As `analysis.fit_expectation` gives it.
    note
        What was chosen and why; None for region effects, which are the rule.
    """

    fit: GravityFit
    note: Words | None


def find_centre(network: "nx.Graph") -> str | None:
    """Return the region that is an end of every link, where there are several links; None for other networks.

    Links within a region say nothing here.

    Examples
    --------
    >>> import networkx as nx
    >>> find_centre(nx.Graph([("C", "A"), ("C", "B"), ("C", "D")])), find_centre(nx.cycle_graph(["A", "B", "C"]))
    ('C', None)
    """
    pairs = [(source, target) for source, target in network.edges() if source != target]
    common = set.intersection(*(set(pair) for pair in pairs)) if pairs else set()
    partners = {end for pair in pairs for end in pair} - common
    return next(iter(common)) if len(common) == 1 and len(partners) >= _FEWEST_PARTNERS else None


def fit_sized_expectation(
    study: Study,
    network: "nx.Graph",
    distances: pd.DataFrame,
    *,
    size_control: SizeControl = "auto",
    options: GravityOptions | None = None,
) -> SizedFit:
    """Fit the expected collaboration with the size control that is asked for, or that the data allow.

    Parameters
    ----------
    study, network, distances
        As in `analysis.fit_gravity`.
    size_control
        ``effects``: one effect per region; ``mass``: an indicator, see `find_mass`; ``auto``: effects where they can be
        fitted, else masses.
    options
        Everything else.

    Raises
    ------
    MethodError
        When the data do not allow what was asked for; with ``auto``, when they allow neither, with both reasons.

    Examples
    --------
    >>> from regionet import analysis
    >>> study, km = analysis.scatter_regions(20)
    >>> network = analysis.simulate_network(study, km, analysis.Truth(), seed=1)
    >>> fit = fit_sized_expectation(study, network, km, size_control="effects")
    >>> type(fit).__name__
    'SizedFit'
    """
    asked = options or GravityOptions()
    if size_control == "effects":
        return SizedFit(fit_expectation(study, network, distances, options=asked), None)
    if size_control == "mass":
        return _fit_masses(study, network, distances, asked)
    try:
        return SizedFit(fit_expectation(study, network, distances, options=asked), None)
    except MethodError as error:
        refused = error
    if network.graph.get("origin") == "modelled":
        raise refused
    try:
        return _fit_masses(study, network, distances, asked)
    except MethodError as error:
        raise MethodError(say("gaps/neither", effects=_words(refused), masses=_words(error))) from error


def _words(error: MethodError) -> Words:
    return Words(str(error), error.describe("zh"))


def _fit_masses(study: Study, network: "nx.Graph", distances: pd.DataFrame, options: GravityOptions) -> SizedFit:
    centre = find_centre(network)
    column, year, masses = find_mass(study, [str(code) for code in network])
    if centre is not None and centre not in masses:
        masses.loc[centre] = masses.median()  # the same in all its pairs, so that the constant takes it up
    bare = [code for code in network if code not in masses.index]
    whole = network if centre is not None else network.subgraph([code for code in network if code in masses.index])
    chosen = replace(options, effects="mass", mass=masses, centre=centre)
    fit = fit_expectation(study, whole, distances, options=chosen)
    name, _ = study.describe_indicator(column)
    indicator = Words(name.en, name.zh)
    if centre is None:
        said = say("gaps/masses", indicator=indicator, year=year, bare=len(bare))
    else:
        region = Words(study.names("en")[centre], study.names("zh")[centre])
        said = say("gaps/masses-of-one", region=region, indicator=indicator, year=year, bare=len(bare))
    return SizedFit(fit, Words(said.words.en, said.words.zh))
