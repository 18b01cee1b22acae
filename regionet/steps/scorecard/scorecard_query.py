"""What ``regionet index`` is asked."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ScorecardQuery:
    """The questions of one run.

    Attributes
    ----------
    scheme
        Embedded scheme or a file.
    normalisation, weights, aggregation, missing
        Of the index as it is told; the intervals of ranks go over all ways.
    years
        First and last year of the index, or None: those well covered.
    systems
        Pillars that are coupled; () takes research and industry, or all that have data.
    by
        Grouping of regions; None takes the first border of the study.
    deflator
        Price index for the amounts of money in productivity; None takes ``gdp_deflator`` where the study has it.
    inputs, outputs
        Columns of productivity, or their names; () takes what the study has of the research system.
    bootstrap
        Draws of the intervals of productivity; 0 for none.
    draws, level, seed
        Ways to make the index; what intervals hold; of the random numbers.
    """

    scheme: str = "five-news"
    normalisation: str = "minmax"
    weights: str = "equal"
    aggregation: str = "additive"
    missing: str = "available"
    years: tuple[int, int] | None = None
    systems: tuple[str, ...] = ()
    by: str | None = None
    deflator: str | None = None
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    bootstrap: int = 0
    draws: int = 2_000
    level: float = 0.9
    seed: int = 0
