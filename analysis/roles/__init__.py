"""Who plays which part: brokers, blocks, cores, communities."""
