"""Which names the stand-in answers to: only this machine's own.

A page of another site may let its name lead to 127.0.0.1 and then read what a local server says ("DNS rebinding"); the
name in the request gives it away.
"""

from __future__ import annotations

import re

# `.localhost` leads nowhere else (RFC 6761), and S3's clients put a bucket before it.
_OWN = re.compile(r"(127\.0\.0\.1|\[::1\]|([a-z0-9.-]+\.)?localhost)(:\d+)?", re.IGNORECASE)


def host_refusal(host: str) -> str | None:
    """Give the sentence that refuses a request's `Host`; None where it names this machine."""
    if _OWN.fullmatch(host):
        return None
    return f"The stand-in answers only to 127.0.0.1, localhost and [::1], not to {host or 'a request without Host'}."
