"""Where a process may find itself."""

ABROAD = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TZ": "Asia/Kolkata"}
"""The environment of a machine that writes ASCII alone, in a zone half an hour off."""
