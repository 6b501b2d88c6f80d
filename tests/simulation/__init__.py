"""Schedules full of faults over the real handlers and the real client, under one virtual clock; and their judge."""
