"""Questions to one part of a study: years, tables of pairs, sizes of regions."""
