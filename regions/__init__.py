"""Who and what: the tables of a study, read and checked once."""

__distribution__ = "regionet"
