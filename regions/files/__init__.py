"""Bytes to tables of text: encodings, archives, delimited text, Parquet, safe writing. They know no study."""
