"""How a map looks: colours, classes of a choropleth, and what a map maker may choose of both."""
