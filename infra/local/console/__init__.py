"""The local console: one page on which everything that happens inside the stand-in passes by."""
