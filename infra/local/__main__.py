"""`python -m infra.local`: runs the stand-in for AWS until it is told to end."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
import threading
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from infra.local.addresses import Addresses
from infra.local.errors import StartError
from infra.local.listening import listen, port_of
from infra.local.stop import Stop

_REFUSED = 2
_SQL = Path(__file__).resolve().parents[2] / "sql"
# These speak of each connection and each client.
_TALKATIVE = ("botocore", "uvicorn", "moto", "werkzeug")
_LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the stand-in; give the exit status of the process."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format=_LOG_FORMAT)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    stop = Stop()
    try:
        with stop:
            _run(options, stop)
    except StartError as error:
        print(error, file=sys.stderr)
        return _REFUSED
    return stop.status or 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m infra.local", description="The stand-in for AWS.")
    parser.add_argument("--port", type=int, default=8787, help="API Gateway's port; 0 takes a free one")
    parser.add_argument("--aws-port", type=int, default=8788, help="the port of every other service")
    parser.add_argument(
        "--scale", type=float, help="share of the synthetic year; else what was loaded last, or the sample"
    )
    parser.add_argument("--data", type=Path, default=Path("var"), help="folder of the warehouse's files")
    parser.add_argument("--sql", type=Path, default=_SQL, help="folder with reports/ and choices/")
    parser.add_argument("--faults", action="store_true", help="let faults be switched on from outside")
    parser.add_argument("--until-stdin-closes", action="store_true", help="end with the standard input")
    return parser


def _run(options: argparse.Namespace, stop: Stop) -> None:
    if not (options.sql / "reports").is_dir():
        raise StartError(
            f"There is no folder {options.sql / 'reports'}: give one that has reports/ with --sql."
        )
    ended = threading.Event()
    if options.until_stdin_closes:
        threading.Thread(target=_end_with_input, args=(ended, threading.get_ident()), daemon=True).start()
    with listen(options.port) as gateway, listen(options.aws_port) as aws:
        # A second of imports: only now that the ports are ours and a signal ends us without a word.
        from infra.local.start import Options, make_stand_in  # noqa: PLC0415 - see above

        addresses = Addresses(port_of(gateway), port_of(aws))
        chosen = Options(options.scale, options.data, options.faults, options.sql)
        with closing(make_stand_in(chosen, gateway, aws, addresses)) as stand_in:
            try:
                outputs = stand_in.start()
                _announce(
                    [*outputs.items(), ("TokenEndpoint", addresses.tokens), ("AwsEndpoint", addresses.aws)]
                )
                stop.check()
                ended.wait()
            finally:
                stop.ignore()


def _announce(lines: Sequence[tuple[str, str]]) -> None:
    """Tell whoever started us where everything is; each line is out before the next is written."""
    for name, address in lines:
        print(f"{name} = {address}", flush=True)
    print("ready", flush=True)


def _end_with_input(ended: threading.Event, main_thread: int) -> None:
    # Below `sys.stdin`: a thread that waits inside its buffer would keep the interpreter from ending.
    while os.read(sys.stdin.fileno(), 4096):
        pass
    # A signal as well: whoever started us may have gone while the data is still being made. To the main thread, since
    # it would sleep on if another one took it.
    ended.set()
    signal.pthread_kill(main_thread, signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main())
