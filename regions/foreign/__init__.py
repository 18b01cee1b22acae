"""Studies and tables in forms that are not the project's own: sheets as people keep them."""
