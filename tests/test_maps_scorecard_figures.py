"""Figures of the scorecard: titles, notes and alternative text, many regions, the same bytes each time."""

import re

import pandas as pd
import pytest

from maps.report.plot_style import Voice, find_voice
from maps.report.scorecard_figures.density_figure import Spread, draw_densities
from maps.report.scorecard_figures.figure_frame import FigureText, choose_years, wrap_words
from maps.report.scorecard_figures.lorenz_figure import draw_lorenz
from maps.report.scorecard_figures.rank_figure import ROWS, draw_rank_figures
from maps.report.scorecard_figures.sigma_figure import draw_sigma
from maps.report.scorecard_figures.transition_figure import draw_transitions
from regions.words import Words

TEXT = FigureText(Words("Title <of> it", "图题"), Words("A note.", "注。"), Words("a yearbook", "年鉴"), Words("", ""))
MARKOV = pd.DataFrame(
    {
        "from": [1, 1, 2, 2],
        "to": [1, 2, 1, 2],
        "count": [18, 2, 0, 10],
        "probability": [0.9, 0.1, 0.0, 1.0],
    }
)


@pytest.fixture(scope="module")
def voice() -> Voice:
    return find_voice("en")


def list_ranks(n: int) -> pd.DataFrame:
    places = range(1, n + 1)
    return pd.DataFrame(
        {
            "code": [f"R{place:03d}" for place in places],
            "name": [f"Region with a rather long name {place}" for place in places],
            "name_zh": [f"地区{place}" for place in places],
            "rank": [float(place) for place in places],
            "rank_low": [1.0 for _ in places],
            "rank_high": [float(place) for place in places],
        }
    )


def test_ranks_say_who_is_first_and_how_many_are_no_finding(voice: Voice) -> None:
    table = pd.concat([list_ranks(9), list_ranks(1).assign(rank=float("nan"))])
    one, other = (draw_rank_figures(table, voice, TEXT) for _ in range(2))
    assert [(figure.png, figure.svg) for figure in one] == [(figure.png, figure.svg) for figure in other]
    assert len(one) == 1
    assert one[0].name == "figure-ranks"
    assert one[0].alt.en.startswith("Dot plot of 9 regions")  # the one without a rank is not drawn
    assert one[0].alt.en.endswith("5 intervals are wider than a third of the list.")  # ranks 5 to 9 reach over 3
    assert one[0].alt.zh.startswith("点图：9 个地区")


def test_the_svg_says_title_and_alternative_text(voice: Voice) -> None:
    svg = draw_rank_figures(list_ranks(3), voice, TEXT)[0].svg.decode()
    assert re.search('<svg role="img" [^>]*><title>Title &lt;of&gt; it</title><desc>Dot plot of 3', svg)
    assert "Date" not in svg


def test_many_regions_take_several_figures(voice: Voice) -> None:
    figures = draw_rank_figures(list_ranks(2 * ROWS + 30), voice, TEXT)
    assert [figure.name for figure in figures] == ["figure-ranks", "figure-ranks-2"]
    assert figures[0].caption.en.endswith("(1-100)")
    assert figures[1].caption.zh.endswith("（101-130）")


def test_densities_name_their_peaks(voice: Voice) -> None:
    curve = pd.DataFrame({"value": [-1.0, 0.0, 1.0, 2.0], "density": [0.0, 0.4, 0.2, 0.0]})
    curves = pd.concat([curve.assign(year=2000), curve.assign(year=2010, density=[0.0, 0.1, 0.5, 0.1])])
    spread = Spread(Words("Product (euro)", "产出（欧元）"), curves)
    figure = draw_densities([spread, spread], voice, TEXT)
    assert "highest at 0 in 2000, at 1 in 2010" in figure.alt.en
    assert "2000 年峰值在 0，2010 年在 1" in figure.alt.zh


def test_lorenz_tells_the_poorer_half(voice: Voice) -> None:
    table = pd.DataFrame({"year": 2020, "people_share": [0.5, 1.0], "product_share": [0.25, 1.0]})
    assert draw_lorenz(table, voice, TEXT).alt.en == (
        "Lorenz curves: in 2020 the poorer half of the people had 25 % of product."
    )


def test_transitions_count_their_cells(voice: Voice) -> None:
    figure = draw_transitions(MARKOV, voice, TEXT)
    assert "30 region-years; from the lowest class up 90%, 100% stay; 2 cells have fewer than five" in figure.alt.en
    assert figure.svg.count(b'id="axes_') == 1


def test_sigma_tells_first_and_last(voice: Voice) -> None:
    table = pd.DataFrame({"year": [2001, 2000], "sigma": [0.4, 0.5], "low": [0.3, 0.4], "high": [0.5, 0.6]})
    figure = draw_sigma(table, voice, TEXT)
    assert figure.alt.en == "Line of sigma by year: 0.500 [0.400, 0.600] in 2000, 0.400 [0.300, 0.500] in 2001."


def test_words_break_where_they_may() -> None:
    assert wrap_words("地区 GDP per head，第二行", 12) == ["地区 GDP per", "head，第二行"]
    assert wrap_words("", 10) == [""]
    assert choose_years([2003, 2001]) == [2001, 2003]
    assert choose_years(list(range(2000, 2020))) == [2000, 2006, 2013, 2019]
