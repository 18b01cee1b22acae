"""Which actors to bring together, so that a stage that a region lacks is filled from elsewhere."""

import pandas as pd

from analysis.chains.members import ChainMembers
from analysis.gaps.actor_matrices import ActorMatrices, build_actor_matrices
from analysis.gaps.partners import find_partners
from regions.actors.persons import PERSON, are_hidden
from regions.errors import MethodError
from regions.study import Study
from regions.study_parts.study_years import open_years

_LOOKED_AT = 2000
_COLUMNS = ["actor", "partner", "reason", "reason_zh"]


class ChainPartners:
    """Pairs of actors for candidates, each pair of regions looked up once.

    Parameters
    ----------
    study
        With actors and records; without them, or with its actors hidden, nobody is proposed.
    """

    def __init__(self, study: Study) -> None:
        self._study = open_years(study)
        self._known: dict[tuple[str, str], pd.DataFrame] = {}
        self._matrices: ActorMatrices | None = None
        if not are_hidden(study):
            try:
                self._matrices = build_actor_matrices(self._study)
            except MethodError:  # no records: nobody is known to take part in anything
                self._matrices = None

    def propose(self, fill: pd.DataFrame, members: ChainMembers) -> pd.DataFrame:
        """Return ``actor`` (of the region), ``partner`` (of the candidate, in the stage) and the reason for each row.

        Actors of the chain that have not worked together go first, then those that have, and may go on from there; one
        that is not in the chain only where the region has nobody in it.
        """
        rows = [
            self._find(code, candidate, stage, members)
            for code, candidate, stage in fill[["code", "candidate", "stage"]].itertuples(index=False)
        ]
        return pd.DataFrame(rows, columns=_COLUMNS, index=fill.index)

    def _find(self, code: str, candidate: str, stage: str, members: ChainMembers) -> tuple[str, str, str, str]:
        table = self._list(code, candidate)
        there = members.table[(members.table["code"] == candidate) & (members.table["stage"] == stage)]
        fitting = table[table["target_actor"].isin(set(there["actor"]))]
        own = set(members.table.loc[members.table["code"] == code, "actor"])
        best = fitting[fitting["source_actor"].isin(own)] if own else fitting
        if best.empty:
            return self._find_known(own, set(there["actor"]), members)
        row = best.iloc[0]
        return str(row["source_actor"]), str(row["target_actor"]), str(row["reason"]), str(row["reason_zh"])

    def _find_known(self, own: set[str], there: set[str], members: ChainMembers) -> tuple[str, str, str, str]:
        """Return the pair with the most joint records of the chain, and that they know each other; empty for none."""
        if self._matrices is None:
            return "", "", "", ""
        links = members.links
        forth = links[links["source"].isin(own) & links["target"].isin(there)]
        back = links[links["target"].isin(own) & links["source"].isin(there)]
        back = back.rename(columns={"source": "target", "target": "source"})
        both = pd.concat([forth, back]).sort_values(["weight", "source", "target"], ascending=[False, True, True])
        if both.empty:
            return "", "", "", ""
        row = both.iloc[0]
        count = f"{row['weight']:g}"
        en, zh = f"They know each other by {count} joint record(s) of the chain.", f"已在链内共同参与 {count} 条记录。"
        return str(row["source"]), str(row["target"]), en, zh

    def _list(self, code: str, candidate: str) -> pd.DataFrame:
        if self._matrices is None:
            return pd.DataFrame(columns=["source_actor", "target_actor", "reason", "reason_zh"])
        if (code, candidate) not in self._known:
            table = find_partners(self._study, code, candidate, top=_LOOKED_AT, matrices=self._matrices).table
            kinds = (table["source_kind"] != PERSON) & (table["target_kind"] != PERSON)
            self._known[code, candidate] = table[kinds]
        return self._known[code, candidate]
