"""Constructs that the parser accepts and Redshift does not, or that the laptop does not imitate.

Whatever has no rule is refused anyway; a row here only makes the sentence better: what Redshift says, and what to
write instead.
"""

from __future__ import annotations

from sqlglot import exp

SENTENCES: dict[type[exp.Expr], tuple[str, str]] = {
    exp.Filter: (
        'syntax error at or near "FILTER"',
        "Write SUM(CASE WHEN condition THEN x END) or COUNT(CASE WHEN condition THEN 1 END).",
    ),
    exp.Bracket: ("subscripts are not supported", "Use SPLIT_PART or SUBSTRING on text."),
    exp.NullSafeEQ: (
        "IS NOT DISTINCT FROM is not supported",
        "Write (a = b OR (a IS NULL AND b IS NULL)).",
    ),
    exp.NullSafeNEQ: (
        "IS DISTINCT FROM is not supported",
        "Write NOT (a = b) with the NULL cases spelled out.",
    ),
    exp.RegexpILike: ("the operator ~* is not documented", "Write LOWER(x) ~ 'pattern'."),
    exp.BitwiseAnd: ("the operator & is not imitated on the laptop", ""),
    exp.BitwiseOr: ("the operator | is not imitated on the laptop", "Text is joined with ||."),
    exp.BitwiseNot: ("the operator ~ before a number is not imitated on the laptop", ""),
    exp.BitwiseLeftShift: ("the operator << is not imitated on the laptop", ""),
    exp.BitwiseRightShift: ("the operator >> is not imitated on the laptop", ""),
    exp.Concat: ("two quoted texts in a row are not imitated on the laptop", "Join them with ||."),
    exp.ByteString: ("escape strings are not imitated on the laptop", "Join CHR(10) and the like with ||."),
    exp.RawString: ("text between dollar signs is not imitated on the laptop", "Write it in single quotes."),
    exp.Array: ("array literals are not supported", ""),
    exp.Struct: ("structure literals are not supported", ""),
    exp.CurrentTime: ("CURRENT_TIME runs on Redshift's leader node only", "Use GETDATE()."),
    exp.CurrentUser: ("the user's name is not imitated on the laptop", "A report is the same for everybody."),
    exp.SessionUser: ("the user's name is not imitated on the laptop", "A report is the same for everybody."),
    exp.Localtime: ("LOCALTIME runs on Redshift's leader node only", "Use GETDATE()."),
    exp.Localtimestamp: ("LOCALTIMESTAMP runs on Redshift's leader node only", "Use GETDATE()."),
    exp.Star: ("* may stand alone in a select list or in COUNT(*) only", "Name the columns."),
    exp.Distinct: ("DISTINCT may stand in an aggregate only", ""),
    exp.Pow: ("the operator ^ is not imitated on the laptop", "Write POWER(a, b)."),
    exp.AtTimeZone: ("AT TIME ZONE is not imitated on the laptop", "Use CONVERT_TIMEZONE."),
    exp.Unnest: ("UNNEST is not supported", "Use the calendar table."),
    exp.Tuple: ("row values are not imitated on the laptop", "Compare the columns one by one."),
    exp.If: ("function if does not exist on Redshift", "Write CASE WHEN … THEN … ELSE … END."),
    exp.Any: ("ANY and ALL are not imitated on the laptop", "Write IN or EXISTS."),
    exp.All: ("ANY and ALL are not imitated on the laptop", "Write IN or EXISTS."),
    exp.Sqrt: ("the operator |/ is not imitated on the laptop", "Write SQRT(x)."),
    exp.Cbrt: ("the operator ||/ is not imitated on the laptop", "Write CBRT(x)."),
}

# Parts of a SELECT that have no rule, by sqlglot's name of the part.
SELECT_PARTS: dict[str, tuple[str, str]] = {
    "into": ("SELECT INTO makes a table, and reports only read", "Leave INTO out."),
    "locks": ("FOR UPDATE is not imitated on the laptop", "Leave it out."),
    "sample": ('syntax error at or near "TABLESAMPLE"', "Filter with WHERE."),
    "laterals": ("LATERAL is not supported", "Join a subquery."),
    "catalog": ("a database's name before a table is not imitated on the laptop", "Leave it out."),
    "pivots": ("PIVOT is not imitated on the laptop", "Write SUM(CASE WHEN … END) for each column."),
    "windows": ("WINDOW is not imitated on the laptop", "Write the window in each OVER (…)."),
}
