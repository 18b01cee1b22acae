"""Roles and positions: brokers, blocks, cores, communities, and the wide table of all that is measured."""
