"""Sources of records that people use, each turned into the canonical tables of a study."""

from regions.sources.conversion import SOURCES, Conversion, convert_records

__all__ = ["SOURCES", "Conversion", "convert_records"]
