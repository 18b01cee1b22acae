"""What the columns of each table are called and mean."""
