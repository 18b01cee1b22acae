"""Tables of text to canonical tables: typed columns, names of regions, references, warnings."""
