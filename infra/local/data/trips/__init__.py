"""The generator of synthetic trips: pure functions from facts, a scale and a seed to columns of trips."""
