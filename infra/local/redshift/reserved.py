"""Words that Redshift reserves and the parser does not: as a name they need double quotes.

Source: AWS, Redshift Database Developer Guide, "Reserved words".
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlglot import exp

from infra.local.redshift.errors import refuse

RESERVED = frozenset(
    """
    aes128 aes256 all allowoverwrite analyse analyze and any array as asc authorization az64 backup between binary
    blanksasnull both bytedict bzip2 case cast check collate column constraint create credentials cross
    current_date current_time current_timestamp current_user current_user_id default deferrable deflate defrag
    delta delta32k desc disable distinct do else emptyasnull enable encode encrypt encryption end except explicit
    false for foreign freeze from full globaldict256 globaldict64k grant group gzip having identity ignore ilike
    in initially inner intersect interval into is isnull join language leading left like limit localtime
    localtimestamp lun luns lzo lzop minus mostly16 mostly32 mostly8 natural new not notnull null nulls off offline
    offset oid old on only open or order outer overlaps parallel partition percent permissions pivot placing
    primary raw readratio recover references rejectlog resort respect restore right select session_user similar
    snapshot some sysdate system table tag tdes text255 text32k then timestamp to top trailing true
    truncatecolumns union unique unnest unpivot user using verbose wallet when where with without
    """.split()  # noqa: SIM905 - a list of words reads better than 150 quoted strings
)


def check_names(nodes: Iterable[exp.Expr]) -> None:
    """Refuse a reserved word as a name without quotes, among the nodes of a statement.

    Raises:
        SqlError: there is one.
    """
    for node in nodes:
        if isinstance(node, exp.Identifier) and not node.quoted and node.name.lower() in RESERVED:
            refuse(
                node, f'syntax error at or near "{node.name}"', "The word is reserved: choose another name."
            )
