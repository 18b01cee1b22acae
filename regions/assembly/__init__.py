"""From checked tables to a study: inheritance, origin, what was read, the bundle."""
