"""Workbooks to tables of text: a look at what would be unpacked, then the cells."""
