"""Industry chains: who stands in which stage, where the chain breaks and clogs, who could fill it."""
