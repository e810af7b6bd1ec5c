"""Servers on loopback that stand in for the outside world: name servers, registries, and a small world of domains."""
