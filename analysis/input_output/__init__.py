"""How sectors hang together: multipliers, linkages, what is lost without one, and what is bought abroad."""
