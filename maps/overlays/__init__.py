"""Regions, links, gaps, actors and groups on any folium map, tiles and all."""
