"""Bad settings: whoever starts the product is told what is wrong, in one sentence, before anything runs."""

from __future__ import annotations

from tests.bad_input.cases import Command, Row, Setting

SOCKET, REST = "INSIGHTS_WEBSOCKET_ENDPOINT", "INSIGHTS_REST_ENDPOINT"
TOKENS, USER = "INSIGHTS_TOKEN_URL", "INSIGHTS_LOCAL_USER"
AWS = {SOCKET: "wss://a.example.org/prod", REST: "https://a.example.org/prod"}


def rest(address: str, sentence: str) -> Setting:
    return Setting({**AWS, REST: address}, sentence)


ROWS = (
    Row(
        82,
        "a variable that is missing, empty or blank",
        (
            Setting({SOCKET: AWS[SOCKET]}, f"{SOCKET} and {REST} are given both or neither"),
            rest("", f"{REST} must start with https://"),
            rest("  ", f"{REST} must start with https://"),
        ),
        shown_by="test_82_a_function_without_one_of_its_variables_stops_the_start",
    ),
    Row(
        83,
        "an open line to another machine",
        (
            rest("http://a.example.org/prod", "may use http:// only on this machine"),
            Setting({**AWS, SOCKET: "ws://a.example.org/prod"}, "may use ws:// only on this machine"),
        ),
    ),
    Row(
        84,
        "an address without its stage, or with more than that",
        tuple(
            rest(
                f"https://a.example.org{end}",
                "must end with the stage and nothing after it, for example https://",
            )
            for end in ("", "/", "//prod", "/prod/", "/prod?a=b", "/prod#a")
        ),
    ),
    Row(
        85,
        "a region that is not the address's",
        does_not_apply="The address alone says where the pipeline is; no second setting could say otherwise.",
    ),
    Row(
        86,
        "a number that is none, or cannot be",
        (
            *(
                Command("dashboard", (), f"PORT must be a number from 1 to 65535, not {text!r}.", PORT=text)
                for text in ("abc", "-1", "99999")
            ),
            Command("infra.local", ("--port", "-5"), "There is no port -5"),
            Command("infra.local", ("--scale", "x"), "argument --scale: invalid float value: 'x'"),
            Command(
                "infra.local",
                ("--scale", "nan"),
                "The scale of the sample data must be above 0 and at most 1",
            ),
        ),
    ),
    Row(
        87,
        "a made-up user at a real pipeline",
        (
            Setting({**AWS, USER: "ana"}, f"{USER} is given only together with {TOKENS}"),
            Setting({**AWS, TOKENS: "http://a.example.org/token"}, "must be an address of this machine"),
        ),
    ),
    Row(
        88,
        "a weak secret for cookies",
        does_not_apply="The product sets no cookie: a hosted sign-in is Streamlit's, with a secret in its own file.",
    ),
    Row(
        89,
        "a name that is nearly right",
        (
            Setting({"INSIGHTS_REST_ENDPOINTS": "x"}, f"is not known, perhaps {REST} is meant"),
            Setting(
                {"INSIGHTS_LOCALUSER": "x", SOCKET: "x"}, f"perhaps {USER} is meant; {SOCKET} and {REST} are"
            ),
            Command("infra.local", ("--prot", "1"), "unrecognized arguments: --prot 1"),
            Command("infra.local", ("--sql", "/nowhere"), "There is no folder /nowhere/reports"),
        ),
    ),
    Row(90, "a table, a rule or a role that is not there", shown_by="test_90_what_is_not_there_is_named"),
    Row(
        91,
        "a port in use, a folder that cannot be written, a full disk",
        (Command("infra.local", ("--data", "/dev/null/x"), "make room there, or choose another folder"),),
        shown_by="test_91_a_port_in_use_is_named",
    ),
    Row(
        92,
        "a secret in a log or in a sentence",
        (
            rest(
                "https://ana:secret@a.example.org",
                "must end with the stage and nothing after it, for example https://",
            ),
        ),
        shown_by="test_92_no_token_reaches_the_log",
    ),
)
