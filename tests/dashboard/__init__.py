"""Specifications of the dashboard."""
