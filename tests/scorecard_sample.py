"""The scorecard of China with few draws, measured once for the test files that read it."""

from functools import cache

from regionet.steps.scorecard.scorecard_parts import measure_scorecard
from regionet.steps.scorecard.scorecard_query import ScorecardQuery
from regionet.steps.scorecard.scorecard_result import Scorecard
from regions import load_study


@cache
def measure_china() -> Scorecard:
    """Return the scorecard of the provinces, all parts; not to be changed."""
    return measure_scorecard(load_study("china"), ScorecardQuery(draws=200))
