"""National input-output tables: who delivers what to whom."""
