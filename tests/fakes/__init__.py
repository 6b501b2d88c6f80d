"""In-memory ports. tests/contract holds each of them to the same suite as its adapter."""
