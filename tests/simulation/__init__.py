"""Random schedules of the real handlers over the in-memory ports: each port call may be the last, or be repeated."""
