"""Network files (GraphML, GEXF, Pajek, UCINET DL) to a table of links.

Read here and not by networkx (3.6.1 was tried), which takes without a word a node that stands twice, an end that no
node declares, a second graph, a damaged line of Pajek and its relations and partitions, and refuses a direction per
edge.
"""
