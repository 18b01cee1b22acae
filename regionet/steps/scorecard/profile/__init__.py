"""Steps of ``regionet profile``: one region or group beside others, in words, tables and on a map."""
