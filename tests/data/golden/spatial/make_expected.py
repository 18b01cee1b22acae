"""Figures of spreg 1.9 and esda 2.9 for the spatial room; run by hand in an environment that has them.

    python -m venv /tmp/peers && /tmp/peers/bin/pip install spreg esda libpysal
    python tests/data/golden/spatial/make_expected.py

Writes ``expected.json`` beside itself: models and tests of 49 quarters of Columbus, global and local autocorrelation of
them and of 100 counties, and a two-way panel of 31 simulated provinces with dummies for the years. Impacts are not
taken from spreg: it counts all effects of lagged x as indirect.
"""

import json
from pathlib import Path
from typing import Any

import libpysal
import numpy as np
import pandas as pd
import spreg
from esda.geary import Geary
from esda.getisord import G_Local
from esda.moran import Moran, Moran_BV, Moran_Local

HERE = Path(__file__).parent
PANEL = HERE.parent / "spatial_panel"


def build_weights(near: list[list[int]]) -> Any:
    weights = libpysal.weights.W({i: [k - 1 for k in row] for i, row in enumerate(near)}, silence_warnings=True)
    weights.transform = "r"
    return weights


def fit_columbus(table: pd.DataFrame, weights: Any) -> dict[str, Any]:
    y, x = table[["CRIME"]].to_numpy(), table[["INC", "HOVAL"]].to_numpy()
    sar, sdm = spreg.ML_Lag(y, x, weights), spreg.ML_Lag(y, x, weights, slx_lags=1)
    sem = spreg.ML_Error(y, x, weights)
    plain, slx = spreg.OLS(y, x, weights, spat_diag=True), spreg.OLS(y, x, weights, slx_lags=1)
    return {
        "sar": {"rho": sar.rho, "beta": sar.betas.ravel()[:-1].tolist(), "loglik": sar.logll},
        "sdm": {"rho": sdm.rho, "beta": sdm.betas.ravel()[:-1].tolist(), "loglik": sdm.logll},
        "sem": {"rho": sem.lam, "beta": sem.betas.ravel()[:-1].tolist(), "loglik": sem.logll},
        "slx": {"beta": slx.betas.ravel().tolist()},
        "lm": {
            "error": plain.lm_error,
            "lag": plain.lm_lag,
            "robust_error": plain.rlm_error,
            "robust_lag": plain.rlm_lag,
            "both": plain.lm_sarma,
        },
    }


def measure_values(values: pd.Series, other: pd.Series, weights: Any) -> dict[str, Any]:
    return {
        "moran": Moran(values, weights, permutations=0).I,
        "geary": Geary(values, weights, permutations=0).C,
        "bivariate": Moran_BV(values, other, weights, permutations=0).I,
        "local_moran": Moran_Local(values, weights, permutations=0).Is.tolist(),
        "g_star": measure_hot_spots(values, weights),
    }


def measure_hot_spots(values: pd.Series, weights: Any) -> list[float]:
    """Count a region as much as each of its neighbours: esda takes the largest weight, which must not be a share."""
    weights.transform = "b"
    found = G_Local(values.to_numpy(float), weights, transform="B", permutations=0, star=True).Zs.tolist()
    weights.transform = "r"
    return found


def fit_provinces() -> dict[str, Any]:
    table = pd.read_csv(PANEL / "province31_panel.csv")
    pairs = json.loads((PANEL / "province31_contiguity.json").read_text(encoding="utf-8"))
    codes = list(pairs)
    weights = libpysal.weights.W({code: pairs[code] for code in codes}, id_order=codes)
    weights.transform = "r"
    table = table.set_index(["year", "province"]).loc[[(t, c) for t in sorted(set(table["year"])) for c in codes]]
    years = pd.get_dummies(table.index.get_level_values("year"), drop_first=True).to_numpy(float)
    x = np.column_stack([table[["x1", "x2"]].to_numpy(), years])
    names = [f"v{k}" for k in range(x.shape[1])]
    fit = spreg.Panel_FE_Lag(table[["y"]].to_numpy(), x, weights, name_x=names)
    return {
        "rho": float(fit.rho),
        "beta": fit.betas.ravel()[:2].tolist(),
        "sigma2": float(np.asarray(fit.sig2).ravel()[0]),
    }


def main() -> None:
    columbus = pd.read_csv(HERE / "columbus.csv")
    near = json.loads((HERE / "columbus_oldcol_nb.json").read_text(encoding="utf-8"))
    counties = pd.read_csv(PANEL / "nc_sids.csv")
    lists = json.loads((PANEL / "nc_sids_nb.json").read_text(encoding="utf-8"))["contiguity_CR85"]
    rates = [counties[name] / counties["BIR74"] for name in ("SID74", "NWBIR74")]
    first = build_weights(near)
    found = {
        "columbus": fit_columbus(columbus, first) | measure_values(columbus["CRIME"], columbus["INC"], first),
        "counties": measure_values(*rates, build_weights([[k for k in row if k > 0] for row in lists])),
        "provinces": fit_provinces(),
    }
    text = json.dumps(found, indent=1, default=lambda value: np.asarray(value).tolist())
    (HERE / "expected.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
