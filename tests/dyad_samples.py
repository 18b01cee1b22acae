"""Square tables for the tests of correlation and regression over pairs."""

import numpy as np
import pandas as pd


def make_noise(n: int, *, seed: int = 0, symmetric: bool = False) -> pd.DataFrame:
    """Independent normal cells."""
    values = np.random.default_rng(seed).normal(size=(n, n))
    codes = [f"r{i:03d}" for i in range(n)]
    return pd.DataFrame(values + values.T if symmetric else values, index=codes, columns=codes)
