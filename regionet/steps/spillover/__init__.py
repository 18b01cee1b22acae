"""What the commands about spillover share: estimates, groups, tables, sentences, layers of the page."""
