"""Actors: names in one form, candidates for doubles, merging."""
