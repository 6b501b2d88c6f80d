"""`python -m dashboard`, which is what `make run` runs: opens the dashboard."""

from __future__ import annotations

import signal

if __name__ == "__main__":
    # Until Streamlit listens for it, Ctrl-C ends us at once and without a traceback, even while modules are imported;
    # what was started ends with us.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from dashboard.run import main

    main()
