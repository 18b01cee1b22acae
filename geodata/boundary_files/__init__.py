"""Files of boundaries (GeoJSON, GeoPackage, Shapefile) to polygons of regions."""
