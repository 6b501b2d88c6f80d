"""Every waiting time of the client, in seconds, and the two ways to spread them.

`draw` is a number in [0, 1): randomness comes from outside, so that a simulation can be repeated.
"""

from __future__ import annotations

# Found dead within ping + pong = 33 s; a frame costs nothing, a silent link costs an answer.
PING_FRAME_EVERY = 25.0
PONG_WITHIN = 8.0
# AWS: API Gateway closes a WebSocket after 10 minutes without a message, and after 2 hours in any case.
PING_MESSAGE_EVERY = 240.0
PING_MESSAGE_SPREAD = 24.0
RECYCLE_AFTER = 110 * 60.0
RECYCLE_SPREAD = 5 * 60.0

ANSWER_WITHIN = 10.0
REPEATS = 3
LONGEST_WAIT = 30.0
SILENCE_AT_LEAST = 10.0
SILENCE_FACTOR = 3
# A deadline is judged by the pipeline's clock: asking a moment later than ours says avoids "not yet".
AFTER_DEADLINE = 1.0
# That a query runs is no answer to whoever asks past its deadline: then it is asked again.
LATE_AGAIN = 10.0
LATE_AGAIN_AT_MOST = 60.0
# A page that is reloaded at the very press of Submit may ask before its query is recorded.
UNKNOWN_FOR = 5.0
# No submit records a query later than that (pipeline/steps/submitting.py says why).
RECORDED_WITHIN = 40.0

OFFLINE_AFTER = 20.0
STABLE_AFTER = 10.0
_LARGEST_EXPONENT = 5


def earliest(*timers: float | None) -> float | None:
    """Give the timer that is due first; None: none of them is set."""
    return min([timer for timer in timers if timer is not None], default=None)


def is_due(timer: float | None, ticks: float) -> bool:
    """Say whether a timer is set, and its time has come."""
    return timer is not None and timer <= ticks


def reconnect_delay(failures: int, draw: float) -> float:
    """Spread reconnects evenly over [0, min(30, 2^failures)), so that a fleet does not come back at once."""
    return draw * min(LONGEST_WAIT, 2.0 ** min(failures, _LARGEST_EXPONENT))


def retry_delay(tries: int, draw: float) -> float:
    """Wait 2, 4, 8 … s after the first, second, third refusal, 20 % more or less, and never above 30 s."""
    return min(LONGEST_WAIT, 2.0 ** min(tries, _LARGEST_EXPONENT) * (0.8 + 0.4 * draw))


def late_delay(times: int) -> float:
    """Wait 10, 20, 40 s and then 60 s each before a query is asked again that should have ended."""
    return min(LATE_AGAIN_AT_MOST, LATE_AGAIN * 2.0 ** min(times, _LARGEST_EXPONENT))


def around(middle: float, spread: float, draw: float) -> float:
    """Give a time evenly drawn from `middle` ± `spread`."""
    return middle + spread * (2 * draw - 1)


def silence_limit(usual_seconds: float) -> float:
    """Say how long a query may be silent before the client asks: three times the usual, at least 10 s."""
    return max(SILENCE_AT_LEAST, SILENCE_FACTOR * usual_seconds)
