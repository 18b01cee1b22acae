"""Network files (GraphML, GEXF, Pajek, UCINET DL) to a table of links."""
