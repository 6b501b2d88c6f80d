"""Reads Redshift SQL and keeps every function under the name that the analyst wrote.

sqlglot's own Redshift parser renames functions on reading (GETDATE, DATE_PART, LISTAGG …) and so loses what was
written. Here only the forms with a grammar of their own (CAST, EXTRACT …) are parsed specially; everything else
stays a plain call, whose meaning the function tables decide.
"""

from __future__ import annotations

from itertools import pairwise

from sqlglot import exp
from sqlglot.dialects.redshift import Redshift
from sqlglot.errors import ErrorLevel, ParseError, SqlglotError
from sqlglot.parsers.redshift import RedshiftParser
from sqlglot.tokenizer_core import Token, TokenType

from infra.local.redshift.errors import SqlError
from infra.local.redshift.positions import token_position

OWN_GRAMMAR = ("CAST", "EXTRACT", "POSITION", "SUBSTRING", "TRIM", "TRY_CAST")
_AFTER_COMMA_NOT = frozenset({TokenType.FROM, TokenType.WHERE, TokenType.R_PAREN, TokenType.GROUP_BY,
                              TokenType.ORDER_BY, TokenType.LIMIT, TokenType.SEMICOLON})  # fmt: skip
_LITERAL_TYPES = frozenset({TokenType.DATE, TokenType.TIMESTAMP, TokenType.INTERVAL})
# Operators that sqlglot reads and AWS does not know, with what to write.
_UNKNOWN_OPERATORS = {"==": "Write =.", "RLIKE": "Write x ~ 'pattern'.", "REGEXP": "Write x ~ 'pattern'."}
_ESTIMATED = frozenset({"COUNT", "PERCENTILE_DISC"})
_FIRST_WORDS = frozenset({TokenType.SELECT, TokenType.WITH, TokenType.L_PAREN})


class _Parser(RedshiftParser):
    FUNCTIONS = {}  # noqa: RUF012 - the base class declares these tables as plain dictionaries
    FUNCTION_PARSERS = {  # noqa: RUF012 - as above
        name: parser for name, parser in RedshiftParser.FUNCTION_PARSERS.items() if name in OWN_GRAMMAR
    }
    # `FROM t, t.items` reads a SUPER column, which no table here has; looking for it takes time in each FROM.
    SUPPORTS_IMPLICIT_UNNEST = False

    def _parse_unary(self) -> exp.Expr | None:
        # The parser keeps the places of names and numbers only; a refusal wants the place of any operand.
        token = self._curr
        node = super()._parse_unary()
        if node is not None and "line" not in node.meta:
            node.update_positions(token)
        return node


class _LaptopRedshift(Redshift):
    Parser = _Parser


def parse(sql: str) -> exp.Query:
    """The one SELECT of the text.

    Raises:
        SqlError: the text is not exactly one SELECT, WITH or UNION that Redshift's grammar allows.
    """
    dialect = _LaptopRedshift()
    try:
        tokens = dialect.tokenize(sql)
        _check_tokens(tokens)
        tokens = _with_estimates(tokens)
        statements = dialect.parser(error_level=ErrorLevel.RAISE).parse(tokens, sql)
    except ParseError as error:
        raise SqlError(_syntax_error(error)) from error
    except SqlglotError as error:
        raise SqlError("unterminated quoted string or comment") from error
    return _only_query(statements)


def parse_expression(sql: str) -> exp.Expr:
    """One expression of our own, whose calls keep the names that stand there."""
    dialect = _LaptopRedshift()
    statements = dialect.parser(error_level=ErrorLevel.RAISE).parse(dialect.tokenize(f"SELECT {sql}"), sql)
    expression: exp.Expr = _only_query(statements).expressions[0]
    return expression.pop()


def placeholders(sql: str) -> frozenset[str]:
    """The names behind the colons of a text, outside quotes and comments; none if it cannot even be read."""
    try:
        tokens = _LaptopRedshift().tokenize(sql)
    except SqlglotError:
        return frozenset()
    return frozenset(name.text for colon, name in pairwise(tokens) if _names_a_value(colon, name))


def _names_a_value(colon: Token, name: Token) -> bool:
    return colon.token_type == TokenType.COLON and name.start == colon.end + 1 and name.text.isidentifier()


def _only_query(statements: list[exp.Expr | None]) -> exp.Query:
    present = [statement for statement in statements if statement is not None]
    if len(present) != 1:
        raise SqlError(
            "cannot insert multiple commands into a prepared statement: the laptop runs exactly one SELECT. "
            "Write one statement."
        )
    if not isinstance(present[0], exp.Query):
        raise SqlError("only SELECT, WITH and UNION run here: reports only read.")
    return present[0]


def _check_tokens(tokens: list[Token]) -> None:
    if not tokens:
        raise SqlError("the statement is empty.")
    if tokens[0].token_type not in _FIRST_WORDS:
        raise SqlError(
            f'"{tokens[0].text}" cannot start a report{token_position(tokens[0])}: '
            "only SELECT, WITH and UNION run here, reports only read."
        )
    for token in tokens:
        _check_operator(token)
    following = [*tokens[1:], Token(TokenType.SEMICOLON, "end of input", tokens[-1].line, tokens[-1].col)]
    for token, after in zip(tokens, following, strict=True):
        _check_pair(token, after)
    for kind, literal, colons in zip(tokens, tokens[1:], tokens[2:], strict=False):
        _check_typed_literal(kind, literal, colons)


def _with_estimates(tokens: list[Token]) -> list[Token]:
    """APPROXIMATE and the function behind it as one name, which no analyst can write."""
    made: list[Token] = []
    for token in tokens:
        before = made[-1] if made else None
        if before is not None and before.token_type == TokenType.VAR and before.text.upper() == "APPROXIMATE":
            if token.text.upper() not in _ESTIMATED:
                raise SqlError(
                    f"APPROXIMATE goes with COUNT(DISTINCT x) and PERCENTILE_DISC{token_position(before)}. "
                    "Leave it out."
                )
            name = f"APPROXIMATE {token.text.upper()}"
            made[-1] = Token(TokenType.VAR, name, token.line, token.col, token.start, token.end)
        else:
            made.append(token)
    return made


def _check_operator(token: Token) -> None:
    instead = _UNKNOWN_OPERATORS.get(token.text.upper())
    if instead and token.token_type in {TokenType.EQ, TokenType.RLIKE}:
        raise SqlError(f'syntax error at or near "{token.text}"{token_position(token)}. {instead}')


def _check_pair(token: Token, after: Token) -> None:
    # sqlglot accepts both, Redshift accepts neither.
    trailing_comma = token.token_type == TokenType.COMMA and after.token_type in _AFTER_COMMA_NOT
    from_first = token.token_type == TokenType.L_PAREN and after.token_type == TokenType.FROM
    if trailing_comma or from_first:
        raise SqlError(f'syntax error at or near "{after.text}"{token_position(after)}.')


def _check_typed_literal(kind: Token, literal: Token, colons: Token) -> None:
    # sqlglot reads DATE '…'::x as DATE ('…'::x), Redshift as (DATE '…')::x.
    typed = kind.token_type in _LITERAL_TYPES and literal.token_type == TokenType.STRING
    if typed and colons.token_type == TokenType.DCOLON:
        raise SqlError(
            f"a cast behind a typed literal is not imitated on the laptop{token_position(kind)}. "
            f"Write CAST({kind.text.upper()} '…' AS …)."
        )


def _syntax_error(error: ParseError) -> str:
    first = error.errors[0] if error.errors else {}
    word, line, column = first.get("highlight"), first.get("line"), first.get("col")
    return f'syntax error at or near "{word}" (line {line}, column {column}).'
