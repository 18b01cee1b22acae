"""How regions develop: momentum, and the conditions that they lack beside their peers."""
