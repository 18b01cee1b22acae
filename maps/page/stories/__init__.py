"""What an analysis tells beside the map: a tab of its own on the page."""
