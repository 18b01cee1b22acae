"""Every text of page, tables and codebook in both languages."""
