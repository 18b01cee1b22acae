"""How far spillover carries in the scores: an assumption, or an estimate with its interval."""

from dataclasses import dataclass

from regions.words import Words

RHO = 0.5


@dataclass(frozen=True, slots=True)
class Strength:
    """How far spillover carries in the scores.

    Attributes
    ----------
    rho
        Between -1 and 1.
    low, high
        Interval of an estimate; None of an assumption.
    basis
        What it was estimated of; None of an assumption.
    """

    rho: float = RHO
    low: float | None = None
    high: float | None = None
    basis: Words | None = None

    @property
    def source(self) -> str:
        """``assumed`` or ``estimated``."""
        return "assumed" if self.basis is None else "estimated"

    def describe(self) -> Words:
        """Say what rho is and whence."""
        if self.basis is None or self.low is None or self.high is None:
            return Words(
                f"rho = {self.rho:g} is an assumption, not an estimate", f"ρ = {self.rho:g} 为假设值，并非估计值"
            )
        clear = self.low > 0 or self.high < 0
        end, end_zh = ("", "") if clear else ("; it cannot be told from 0", "；无法与 0 区分")
        return Words(
            f"rho = {self.rho:.3f} [{self.low:.3f}, {self.high:.3f}] is estimated ({self.basis.en}){end}",
            f"ρ = {self.rho:.3f} [{self.low:.3f}, {self.high:.3f}] 为估计值（{self.basis.zh}）{end_zh}",
        )
