"""The analyst's commands: a new report, a check of all that can go wrong, a look at its answer, the catalogue."""
