"""How the reference values beside this file were computed; none of these packages is needed by the tests.

    pip install scikit-criteria==0.8.6 pymcdm==1.4.0 giddy==2.3.8 "esda<2.9" inequality==1.1.2 libpysal==4.13.0
    pip install -U scikit-learn    # scikit-criteria asks for one that does not import beside numpy 2; 1.9 does
    python make_references.py      # JSON on its last line; run in full with Python 3.11, numpy 2.4.6

deaR (R, commit e41ed3d of cran/deaR):
    data("EconomyLong"); d <- make_malmquist(EconomyLong, arrangement = "vertical", inputs = c("Capital", "Labor"),
    outputs = "GIOV", dmus = "DMUs", percol = "Period")
    malmquist_index(d, orientation = "io", rts = "crs", type1 = "cont")    # glob, seq; rts = "vrs" for pech and sech
dineq (R, commit 239ef34 of cran/dineq) on german_counties.csv: gini_decomp(gdppc2014, part), theil.wtd(gdppc2014);
REAT (R, commit 602f988 of cran/REAT): betaconv.ols(gdppc2010, 2010, gdppc2011, 2011), sigmaconv.
"""

# ruff: noqa: PLC0415, T201 - each part needs packages of its own, and prints

import json

import numpy as np


def list_criteria() -> dict[str, list[float]]:
    """Entropy, CRITIC and TOPSIS of the fighter and of the firms, see tests/test_analysis_index_weights.py."""
    from pymcdm.weights import entropy_weights
    from skcriteria import mkdm
    from skcriteria.agg.similarity import TOPSIS
    from skcriteria.pipeline import mkpipe
    from skcriteria.preprocessing.invert_objectives import NegateMinimize
    from skcriteria.preprocessing.scalers import VectorScaler
    from skcriteria.preprocessing.weighters import CRITIC

    fighter = [[2.0, 1500, 20000, 5.5, 5, 9], [2.5, 2700, 18000, 6.5, 3, 5]]
    fighter += [[1.8, 2000, 21000, 4.5, 7, 7], [2.2, 1800, 20000, 5, 5, 5]]
    firms = [[61, 1.08, 4.33], [20.7, 0.26, 4.34], [16.3, 1.98, 2.53], [9, 3.29, 1.65]]
    firms += [[5.4, 2.77, 2.33], [4, 4.12, 1.21], [-6.1, 3.52, 2.1], [-34.6, 3.31, 0.98]]
    problem = mkdm(np.array(fighter), [1, 1, 1, -1, 1, 1], weights=[0.2, 0.1, 0.1, 0.1, 0.2, 0.3])
    return {
        "entropy": entropy_weights(np.array(fighter), np.ones(6)).tolist(),
        "topsis": mkpipe(NegateMinimize(), VectorScaler("matrix"), TOPSIS()).evaluate(problem).e_.similarity.tolist(),
        "critic": CRITIC().transform(mkdm(np.array(firms), [1, 1, 1])).weights.to_numpy().tolist(),
    }


def list_markov() -> dict[str, object]:
    """Transitions of 48 states, alone and beside their neighbours (us48_giddy.json)."""
    import libpysal
    import mapclassify
    from giddy.markov import Markov, Spatial_Markov

    table = libpysal.io.open(libpysal.examples.get_path("usjoin.csv"))
    income = np.array([table.by_col[str(year)] for year in range(1929, 2010)], dtype=float)
    plain = Markov(np.array([mapclassify.Quantiles(row, k=5).yb for row in income]).T)
    w = libpysal.io.open(libpysal.examples.get_path("states48.gal")).read()
    w.transform = "r"
    beside = Spatial_Markov((income / income.mean(axis=1, keepdims=True)).T, w, fixed=True, k=5, m=5)
    return {
        "transitions": plain.transitions.tolist(),
        "steady_state": plain.steady_state.tolist(),
        "spatial_P": beside.P.tolist(),
        "Q": beside.Q,
        "LR": beside.LR,
    }


def list_inequality() -> dict[str, float]:
    """Gini and Theil of the German counties of 2014."""
    import pandas as pd
    from inequality.gini import Gini
    from inequality.theil import TheilD

    table = pd.read_csv("german_counties.csv", dtype={"code": str})
    theil = TheilD(table["gdppc2014"].to_numpy(), table["part"].to_numpy())
    return {"gini": Gini(table["gdppc2014"].to_numpy()).g, "theil": theil.T, "theil_between": float(theil.bg[0])}


if __name__ == "__main__":
    print(json.dumps({"criteria": list_criteria(), "markov": list_markov(), "inequality": list_inequality()}))
