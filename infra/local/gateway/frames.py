"""What a client's frames may be: judged by their heads, before anything of them is kept."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

from wsproto import ConnectionType, WSConnection
from wsproto.events import AcceptConnection, Event, Message, Ping
from wsproto.extensions import Extension
from wsproto.frame_protocol import CloseReason, FrameDecoder, FrameProtocol, Opcode, ParseFailed, RsvBits

from infra.local.gateway.limits import MAXIMUM_FRAME_BYTES, MAXIMUM_FRAMES, MAXIMUM_MESSAGE_BYTES

_NO_BITS = RsvBits(False, False, False)


class FrameConnection(WSConnection):
    """A server's connection that keeps to the limits, and gives what must be answered one by one."""

    def __init__(self) -> None:
        super().__init__(ConnectionType.SERVER)

    def send(self, event: Event) -> bytes:
        """See `WSConnection`."""
        if isinstance(event, AcceptConnection):
            return super().send(replace(event, extensions=[_Limits()]))
        return super().send(event)

    def events(self) -> Generator[Event, None, None]:
        """Give what has come, up to a ping or the end of a message: what is behind it waits for the next call."""
        for event in super().events():
            yield event
            if isinstance(event, Ping) or (isinstance(event, Message) and event.message_finished):
                return


class _Limits(Extension):
    """Refuses frames by their heads. No client is told of this extension: wsproto has no other place to ask at."""

    name = "limits"

    def __init__(self) -> None:
        self._is_control = False
        self._frame_bytes = 0
        self._message_bytes = 0
        self._frames = 0

    def enabled(self) -> bool:
        """See `Extension`."""
        return True

    def offer(self) -> bool:
        """See `Extension`."""
        return False

    def frame_inbound_header(
        self,
        proto: FrameDecoder | FrameProtocol,  # noqa: ARG002 - as wsproto has it
        opcode: Opcode,
        rsv: RsvBits,  # noqa: ARG002 - as wsproto has it
        payload_length: int,
    ) -> RsvBits:
        """Judge a head, more than once while it has not come as a whole.

        Raises:
            ParseFailed: the frame, or its message, is too big.
        """
        self._is_control = opcode.iscontrol()
        if not self._is_control:
            self._frame_bytes = payload_length
            _check("Frame", payload_length, MAXIMUM_FRAME_BYTES, "bytes")
            _check("Message", self._message_bytes + payload_length, MAXIMUM_MESSAGE_BYTES, "bytes")
            _check("Message", self._frames + 1, MAXIMUM_FRAMES, "frames")
        return _NO_BITS

    def frame_inbound_complete(
        self,
        proto: FrameDecoder | FrameProtocol,  # noqa: ARG002 - as wsproto has it
        fin: bool,
    ) -> None:
        """Count a frame that has come as a whole."""
        if self._is_control:
            return
        self._message_bytes = 0 if fin else self._message_bytes + self._frame_bytes
        self._frames = 0 if fin else self._frames + 1


def _check(what: str, size: int, most: int, unit: str) -> None:
    if size > most:
        raise ParseFailed(f"{what} exceeds the maximum size ({most} {unit})", CloseReason.MESSAGE_TOO_BIG)
