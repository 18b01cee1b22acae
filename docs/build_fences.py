"""Write docs/fences.md: what the two fences cost, by year and by path, in France and in Europe.

    python docs/build_fences.py

Takes ten minutes; `tests/test_docs_fences.py` holds some of the figures.
"""

import math
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd

from analysis.barriers.barriers import measure_barriers, measure_institutional_barrier
from analysis.expectation.gravity import fit_gravity
from analysis.expectation.gravity_options import GravityOptions
from analysis.expectation.robust_fit import fit_expectation
from analysis.networks.network import build_network
from analysis.networks.synergy import PATHS, build_path_network
from geodata import measure_distances
from regions import MethodError, Study, load_study
from regions.study_parts.study_selection import select_study

PAGE = Path(__file__).parent / "fences.md"
LINES = {"france": "different_region", "europe": "different_country"}
"""The administrative fence of each study."""

SECTOR = "different_sector"


def main() -> None:
    """Measure everything and write the page."""
    parts = [PAGE.read_text(encoding="utf-8").partition("<!-- tables -->")[0].rstrip() if PAGE.exists() else "# Fences"]
    parts.append("\n<!-- tables -->")
    for name, line in LINES.items():
        study = load_study(name)
        distances = measure_distances(study)
        parts += [f"\n## {name}: by year", *tabulate_years(study, distances, line)]
        parts += [f"\n## {name}: by specification, all years", *tabulate_choices(study, distances, line)]
    PAGE.write_text("\n".join(parts) + "\n", encoding="utf-8")


def tabulate_years(study: Study, distances: pd.DataFrame, line: str) -> Iterator[str]:
    """Yield a table with a row per year: the line of all links and on each path, and the fence between sectors."""
    yield f"\n| year | {line}, all links | {' | '.join(PATHS)} | {SECTOR} |"
    yield "|---|" + "---|" * (len(PATHS) + 2)
    assert study.records is not None  # noqa: S101 - both have
    for year in [*sorted(study.records["year"].unique()), None]:
        part = study if year is None else select_study(study, years=(int(year), int(year)))
        cells = [
            tell(lambda part=part: measure_line(part, distances, line)),
            *(tell(lambda part=part, path=path: measure_line(part, distances, line, path=path)) for path in PATHS),
            tell(lambda part=part: measure_institutional_barrier(part, distances).loc[SECTOR]),
        ]
        yield f"| {year or 'all'} | {' | '.join(cells)} |"


def tabulate_choices(study: Study, distances: pd.DataFrame, line: str) -> Iterator[str]:
    """Yield a table with a row per specification."""
    yield f"\n| specification | {line} |"
    yield "|---|---|"
    choices: dict[str, Callable[[], pd.Series]] = {}
    for counting in ("full", "newman", "pair"):
        choices[f"{counting} counting"] = lambda counting=counting: measure_line(
            study, distances, line, counting=counting
        )
    choices["full counting, no pair set aside"] = lambda: measure_barriers(
        fit_gravity(study, build_network(study), distances)
    ).loc[line]
    choices["full counting, error clustered by region (dyadic)"] = lambda: measure_clustered(study, distances, line)
    choices["NB2 regression"] = lambda: measure_line(study, distances, line, options=GravityOptions(family="nb2"))
    for beside in ("technological_distance", "actor_mix_distance"):
        choices[f"with {beside}"] = lambda beside=beside: measure_line(
            study, distances, line, options=GravityOptions(beside=(beside,))
        )
    for name, measure in choices.items():
        yield f"| {name} | {tell(measure)} |"


def measure_line(
    study: Study,
    distances: pd.DataFrame,
    line: str,
    *,
    path: str | None = None,
    counting: str = "full",
    options: GravityOptions | None = None,
) -> pd.Series:
    """Return the price of a line, of all links or of one path."""
    network = build_network(study, counting) if path is None else build_path_network(study, path, counting=counting)
    return measure_barriers(fit_expectation(study, network, distances, options=options)).loc[line]


def measure_clustered(study: Study, distances: pd.DataFrame, line: str) -> pd.Series:
    """Return the price of a line with the dyadic cluster-robust error instead of that of the model."""
    fit = fit_gravity(study, build_network(study), distances)
    place = list(fit.covariates).index(line)
    assert fit.regression.clustered is not None  # noqa: S101 - pairs were given
    estimate, error = fit.regression.coefficients[place], math.sqrt(fit.regression.clustered[place, place])
    bounds = [estimate + side * 1.959964 * error for side in (0, -1, 1)]
    values = [100 * (math.exp(bound) - 1) for bound in bounds]
    return pd.Series(dict(zip(("percent", "percent_low", "percent_high"), values, strict=True)))


def tell(measure: Callable[[], pd.Series]) -> str:
    """Return a price with its interval, or why there is none."""
    try:
        row = measure()
    except MethodError as error:
        return f"none: {str(error).split(';')[0][:60]}"
    except KeyError:
        return "not told apart"
    low, high = (f"{row[name]:+.0f}".replace("-", "−") for name in ("percent_low", "percent_high"))
    return f"{row['percent']:+.0f} % [{low}, {high}]".replace("+0 %", "0 %").replace("-", "−")


if __name__ == "__main__":
    main()
