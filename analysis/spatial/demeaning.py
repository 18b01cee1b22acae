"""Effects of regions and years taken out of a balanced panel, and how many observations are left.

The fixed effects can be estimated (their number then grows with the panel, which biases the rest) or transformed away,
as Lee and Yu do. Both leave the same demeaned data; they differ in what the likelihood counts.
"""

from dataclasses import dataclass
from typing import Literal

from regions.arrays import Floats

Effects = Literal["none", "region", "year", "both"]
Correction = Literal["lee-yu"]


@dataclass(frozen=True, slots=True)
class PanelDesign:
    """Which effects are taken out, and how they are counted.

    Attributes
    ----------
    effects
        ``none``, ``region``, ``year`` or ``both``.
    corrected
        Whether the likelihood is that of the transformed data (Lee and Yu 2010), without bias from the effects.
    """

    effects: Effects
    corrected: bool

    @property
    def of_regions(self) -> bool:
        """Whether effects of regions are taken out."""
        return self.effects in {"region", "both"}

    @property
    def of_years(self) -> bool:
        """Whether effects of years are taken out."""
        return self.effects in {"year", "both"}

    @property
    def recentred(self) -> bool:
        """Whether the likelihood must make up for year effects: a part of W goes with them."""
        return self.corrected and self.of_years

    def count(self, years: int, regions: int) -> tuple[int, int]:
        """Return the periods and the regions that the likelihood counts."""
        periods = years - 1 if self.corrected and self.of_regions else years
        return periods, regions - 1 if self.recentred else regions

    def demean(self, values: Floats) -> Floats:
        """Take the effects out of (T, N) or (T, N, K)."""
        if self.of_regions:
            values = values - values.mean(axis=0, keepdims=True)
        if self.of_years:
            values = values - values.mean(axis=1, keepdims=True)
        return values

    def demean_regions(self, values: Floats) -> Floats:
        """Take only the effects of regions out."""
        return values - values.mean(axis=0, keepdims=True) if self.of_regions else values
