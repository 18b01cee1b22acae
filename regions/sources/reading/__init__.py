"""What the readers of sources share: rows, streams, counts, the tables written."""
