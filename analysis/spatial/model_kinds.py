"""The six spatial models, by what each has."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

Model = Literal["ols", "slx", "sar", "sem", "sdm", "sdem"]


class Kind(NamedTuple):
    """What a model has.

    Attributes
    ----------
    durbin
        Lags of the explanatory columns, WX.
    rho
        ``lag``: of the outcome; ``error``: of the error; None.
    """

    durbin: bool
    rho: Literal["lag", "error"] | None


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "ols": Kind(durbin=False, rho=None),
        "slx": Kind(durbin=True, rho=None),
        "sar": Kind(durbin=False, rho="lag"),
        "sem": Kind(durbin=False, rho="error"),
        "sdm": Kind(durbin=True, rho="lag"),
        "sdem": Kind(durbin=True, rho="error"),
    }
)
"""By name; the first has no spatial part at all."""

NESTED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "sdm": ("sar", "sem", "slx", "ols"),
        "sdem": ("sem", "slx", "ols"),
        "sar": ("ols",),
        "sem": ("ols",),
        "slx": ("ols",),
    }
)
"""Model -> the models that it holds as special cases."""
