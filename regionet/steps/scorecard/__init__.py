"""Steps of ``regionet index`` and ``regionet profile``: the scorecard of a study."""
