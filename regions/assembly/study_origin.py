"""Keep what the user gave, so that it can be written down again as it was understood."""

from collections.abc import Mapping

from regions.study import Origin
from regions.study_folder import StudyFolder
from regions.tables.checked_table import CheckedTable

_KEYS = {
    "focus": "focus",
    "levels": "level",
    "without": "without",
    "borders": "borders",
    "indicator": "indicator",
    "directed": "directed",
    "projection": "projection",
}
"""Attribute of the card -> its key; files and what is settled by reading (mirrored, unknown) are left out."""


def describe_origin(folder: StudyFolder, tables: Mapping[str, CheckedTable]) -> Origin:
    """Return the own tables of a study, checked and resolved, and the settings that go with them."""
    card = folder.card
    settings: dict[str, str | bool | tuple[str, ...]] = {}
    if folder.frame.how != "own":
        settings["extends" if folder.frame.how == "extends" else "frame"] = folder.frame.name
    actors = tables.get("actors")
    if actors is not None and "region" in actors.frame and (actors.frame["region"] == "").any():
        settings["unknown"] = "drop"  # actors without a place stay in their records
    for attribute, key in _KEYS.items():
        value = getattr(card, attribute)
        if attribute in card.given and value not in {None, ""}:
            settings[key] = value
    own = {name: table.frame.reset_index(drop=True) for name, table in tables.items() if name in folder.own}
    return Origin(own, settings)
