"""What the canonical tables are: columns, headers in both languages, meanings, cells."""
