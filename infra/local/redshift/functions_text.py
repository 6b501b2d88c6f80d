"""Text functions that need more than another name.

Source: AWS, Redshift Database Developer Guide, "String functions", "Hash functions".
"""

from __future__ import annotations

from sqlglot import exp

from infra.local.redshift.arguments import arguments, quoted, text_value, whole_number
from infra.local.redshift.errors import refuse
from infra.local.redshift.scope import Typed
from infra.local.redshift.translation import Rule, Translate, call, cast, filled, text
from infra.local.redshift.types import INT4, VARCHAR

# Every sign that is no letter and no digit parts two words.
_WORDS = r"[\p{L}\p{N}]+|[^\p{L}\p{N}]+"
_CAPITAL = exp.Var(this="lambda word: upper(word[1]) || word[2:]")


def _concat(node: exp.Anonymous, translate: Translate) -> Typed:
    if len(node.expressions) != 2:
        refuse(node, "CONCAT takes two arguments on Redshift", "Join several with ||.")
    # Redshift's CONCAT of a NULL is NULL, DuckDB's is not: || is the same on both.
    left, right = (exp.Paren(this=part) for part in node.expressions)
    return translate.value(exp.Paren(this=exp.DPipe(this=left, expression=right)))


def _charindex(node: exp.Anonymous, translate: Translate) -> Typed:
    part, whole = arguments(node, 2, "CHARINDEX('part', x)")
    return cast(call("strpos", text_value(whole, translate), text_value(part, translate)), INT4)


def _initcap(node: exp.Anonymous, translate: Translate) -> Typed:
    (value,) = arguments(node, 1, "INITCAP(x)")
    words = call("regexp_extract_all", call("lower", text_value(value, translate)), text(_WORDS))
    return cast(call("array_to_string", call("list_transform", words, _CAPITAL.copy()), text("")), VARCHAR)


def _split_part(node: exp.Anonymous, translate: Translate) -> Typed:
    value, delimiter, number = arguments(node, 3, "SPLIT_PART(x, ',', 1)")
    if isinstance(number, exp.Neg) or number.name == "0":
        refuse(node, "field position must be greater than zero")
    if quoted(delimiter) == "":
        refuse(node, "AWS does not say what SPLIT_PART gives without a delimiter")
    parts = [
        text_value(value, translate),
        text_value(delimiter, translate),
        whole_number(node, number, translate),
    ]
    return cast(call("split_part", *parts), VARCHAR)


def _sha2(node: exp.Anonymous, translate: Translate) -> Typed:
    value, bits = arguments(node, 2, "SHA2(x, 256)")
    if bits.name not in {"0", "256"}:
        refuse(node, "of SHA2 the laptop imitates 256 bits only", "Write SHA2(x, 256).")
    return cast(call("sha256", text_value(value, translate)), VARCHAR)


def _replaced(node: exp.Anonymous, translate: Translate) -> Typed:
    if len(node.expressions) > 3:
        _too_many(node)
    value, pattern, *rest = arguments(
        node, max(2, len(node.expressions)), "REGEXP_REPLACE(x, 'pattern', 'text')"
    )
    put_in = quoted(rest[0]) if rest else ""
    if put_in is None or "$" in put_in or "\\" in put_in:
        refuse(node, "the replacement must be a quoted literal without $ and \\ on the laptop")
    # Redshift replaces every occurrence, DuckDB the first one unless told otherwise.
    made = call(
        "regexp_replace", text_value(value, translate), _regular(node, pattern), text(put_in), text("g")
    )
    return cast(made, VARCHAR)


def _found(template: str, *, is_text: bool) -> Rule:
    def rule(node: exp.Anonymous, translate: Translate) -> Typed:
        if len(node.expressions) > 2:
            _too_many(node)
        value, pattern = arguments(node, 2, f"{node.name.upper()}(x, 'pattern')")
        regular = _regular(node, pattern)
        before = text(f"^((?s:.*?))(?:{regular.name})")
        made = filled(template, x=text_value(value, translate), pattern=regular, before=before)
        return cast(made, VARCHAR if is_text else INT4)

    return rule


def _regular(node: exp.Anonymous, pattern: exp.Expr) -> exp.Expr:
    written = quoted(pattern)
    if written is None:
        refuse(node, f"the pattern of {node.name.upper()} must be a quoted literal")
    return text(written)


def _too_many(node: exp.Anonymous) -> None:
    refuse(
        node,
        f"position, occurrence and parameters of {node.name.upper()} are not imitated on the laptop",
        "Leave them out.",
    )


# The place of a match is behind the shortest text before it: the same letters may stand earlier without matching.
_PLACE = """
    CASE WHEN regexp_matches(:x, :pattern) THEN length(regexp_extract(:x, :before, 1)) + 1
    WHEN :x IS NOT NULL THEN 0 END
"""

FUNCTIONS: dict[str, Rule] = {
    "CONCAT": _concat,
    "CHARINDEX": _charindex,
    "INITCAP": _initcap,
    "SPLIT_PART": _split_part,
    "SHA2": _sha2,
    "REGEXP_REPLACE": _replaced,
    "REGEXP_SUBSTR": _found("regexp_extract(:x, :pattern)", is_text=True),
    "REGEXP_COUNT": _found("len(regexp_extract_all(:x, :pattern))", is_text=False),
    "REGEXP_INSTR": _found(_PLACE, is_text=False),
}
