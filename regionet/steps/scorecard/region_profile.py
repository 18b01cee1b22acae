"""One region beside its peers: the same figures side by side."""

from collections.abc import Sequence

import pandas as pd

from regionet.steps.scorecard.figure_units import PERCENT, PLAIN, FigureUnit, find_figure_units, put_unit
from regionet.steps.scorecard.scorecard_result import Scorecard
from regions.errors import MethodError
from regions.frames.vocabulary import list_province_characters
from regions.messages import say
from regions.schemes.indicator_scheme import read_scheme
from regions.schemes.indicator_values import compute_indicators
from regions.study import Study
from regions.words import Words

_PEERS = 3
_SHARE = FigureUnit(1.0, Words("0-1", "0—1"))


def find_region(study: Study, word: str) -> str:
    """Return the code of a region named by code, by name, or by the one character of a province (沪).

    Raises
    ------
    MethodError
        For a word that is no unit of the study.
    """
    if word in study.regions.index:
        return word
    plain = word.strip().casefold()
    names = {str(code): (str(row["name"]).casefold(), str(row["name_zh"])) for code, row in study.regions.iterrows()}
    exact = [code for code, both in names.items() if plain in both]
    starts = [code for code, both in names.items() if both[1].startswith(plain)]  # 江苏 for 江苏省
    character = list_province_characters().get(word.strip())
    found = exact or ([character] if character in names else starts)
    if len(found) != 1:
        known = [Words(*both) for both in study.regions[["name", "name_zh"]].astype(str).itertuples(index=False)]
        raise MethodError(say("profile/region", word=word, known=known))
    return found[0]


def build_profile(card: Scorecard, code: str, beside: Sequence[str] = ()) -> pd.DataFrame:
    """Return the figures of a region and of others, one column each.

    Parameters
    ----------
    card
        The scorecard of the study.
    code
        The region.
    beside
        Codes of the others; () takes the nearest three peers.

    Returns
    -------
    DataFrame
        ``section``, ``figure``, ``figure_zh``, then a column per region by code: rank and its interval, pillars,
        coupling, growth, conditions, each with its unit in its name. NaN is not available.
    """
    others = list(beside) or ([] if card.peers is None else card.peers.list_peers(code)[:_PEERS])
    codes = list(dict.fromkeys([code, *others]))
    parts = (_list_index, _list_coupling, _list_growth, _list_conditions)
    rows = [row for part in parts for row in part(card, codes)]
    return pd.DataFrame(rows, columns=["section", "figure", "figure_zh", *codes])


def _take(
    table: pd.DataFrame, codes: list[str], columns: dict[str, tuple[Words, FigureUnit]], section: str
) -> list[list[object]]:
    last = table[table["year"] == table["year"].max()].set_index("code").reindex(codes)
    year = int(table["year"].max())
    return [_write_row(section, *shown, year, last[column]) for column, shown in columns.items()]


def _write_row(section: str, name: Words, shown: FigureUnit, year: int, values: "pd.Series[float]") -> list[object]:
    words = put_unit(name, shown.unit)
    return [section, f"{words.en} {year}", f"{words.zh} {year}", *(values.astype(float) * shown.factor).tolist()]


def _list_index(card: Scorecard, codes: list[str]) -> list[list[object]]:
    pillars = card.scheme.pillars
    columns = {
        "rank": (Words("Rank", "位次"), PLAIN),
        "rank_low": (Words("Best rank", "最好位次"), PLAIN),
        "rank_high": (Words("Worst rank", "最差位次"), PLAIN),
        "score": (Words("Score", "得分"), _SHARE),
        **{key: (words, _SHARE) for key, words in pillars.items()},
    }
    return _take(card.tables["index"], codes, columns, "index")


def _list_coupling(card: Scorecard, codes: list[str]) -> list[list[object]]:
    if "coupling" not in card.tables:
        return []
    columns = {
        "coordination": (Words("Coordination D", "协调度 D"), _SHARE),
        "coupling": (Words("Coupling C", "耦合度 C"), _SHARE),
    }
    return _take(card.tables["coupling"], codes, columns, "coupling")


def _list_growth(card: Scorecard, codes: list[str]) -> list[list[object]]:
    if card.momentum is None:
        return []
    money = FigureUnit(1.0, card.study.describe_indicator(card.momentum.column)[1])
    columns = {
        "velocity": (Words("Real growth", "实际增速"), PERCENT),
        "momentum": (Words("Momentum", "动量"), money),
    }
    return _take(card.tables["momentum"], codes, columns, "momentum")


def _list_conditions(card: Scorecard, codes: list[str]) -> list[list[object]]:
    if "conditions" not in card.tables:
        return []
    values = compute_indicators(card.study, read_scheme("conditions"))
    year = int(card.tables["conditions"]["year"].max())
    rows = pd.DataFrame(values.table.xs(year, level="year")).reindex(codes)
    units = find_figure_units(card.study, values)
    return [_write_row("conditions", each.name, units[each.key], year, rows[each.key]) for each in values.indicators]
