"""Writes random SELECTs from the translator's own tables: every function, operator and clause that it knows.

Most arguments are of a fitting type, some are not, so that refusals come as well as answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from infra.local.redshift import functions_simple
from infra.local.redshift.aggregates import AGGREGATES
from infra.local.redshift.walk import FUNCTIONS
from infra.local.redshift.window_functions import WINDOW_ONLY

COLUMNS = {
    "number": ["i2", "i4", "i8", "n", "f8"],
    "text": ["s"],
    "moment": ["ts", "d"],
    "truth": ["b"],
}
LITERALS = {
    "number": ["0", "1", "-3", "2.5", "100", "0.01", "3000000000", "1e2", "7::smallint", "1.5::real"],
    "text": ["'a_b'", "''", "'12'", "'%'", "null", "'2015-06-28'", "'äöü'"],
    "moment": ["date '2015-06-28'", "timestamp '2015-06-28 14:30:45.5'", "null", "getdate()", "current_date"],
    "truth": ["true", "false", "null"],
}
KINDS = tuple(COLUMNS)
TYPES_OF = {
    "number": ["smallint", "int", "bigint", "numeric", "numeric(8,2)", "numeric(38,4)", "float8", "real"],
    "text": ["varchar(5)", "int", "float8", "date", "numeric(5,1)", "boolean"],
    "moment": ["date", "timestamp", "varchar(10)"],
    "truth": ["boolean", "int", "varchar(5)"],
}
PARTS = ["year", "qtr", "mon", "week", "day", "hour", "minute", "sec", "ms", "us", "dow", "doy", "epoch"]
# What some functions want instead of an expression.
QUOTED = {
    "SPLIT_PART": ["{text}", "'_'", "{whole}"],
    "SHA2": ["{text}", "256"],
    "TO_CHAR": ["{moment}", "'YYYY-MM-DD HH24:MI:SS Mon Day Q D'"],
    "TO_DATE": ["'20150630'", "'YYYYMMDD'"],
    "REGEXP_REPLACE": ["{text}", "'[a-z]'", "'x'"],
    "REGEXP_SUBSTR": ["{text}", "'[a-z]+'"],
    "REGEXP_COUNT": ["{text}", "'[a-z]'"],
    "REGEXP_INSTR": ["{text}", "'b'"],
    "NEXT_DAY": ["{moment}", "'Tuesday'"],
    "CONVERT_TIMEZONE": ["'UTC'", "'America/New_York'", "{moment}"],
    "DATE_TRUNC": ["'{part}'", "{moment}"],
    "DATEDIFF": ["{part}", "{moment}", "{moment}"],
    "DATE_DIFF": ["'{part}'", "{moment}", "{moment}"],
    "DATEADD": ["{part}", "{whole}", "{moment}"],
    "DATE_ADD": ["'{part}'", "{whole}", "{moment}"],
    "DATE_PART": ["{part}", "{moment}"],
    "PGDATE_PART": ["'{part}'", "{moment}"],
    "ADD_MONTHS": ["{moment}", "{whole}"],
    "REPEAT": ["{text}", "{whole}"],
    "REPLICATE": ["{text}", "{whole}"],
    "LPAD": ["{text}", "{whole}", "'x'"],
    "RPAD": ["{text}", "{whole}"],
    "LEFT": ["{text}", "{whole}"],
    "RIGHT": ["{text}", "{whole}"],
    "CHR": ["65"],
    "CONCAT": ["{text}", "{text}"],
    "CHARINDEX": ["'b'", "{text}"],
    "INITCAP": ["{text}"],
    "MONTHS_BETWEEN": ["{moment}", "{moment}"],
    "LAST_DAY": ["{moment}"],
    "DATE_PART_YEAR": ["{moment}"],
    "DATE_CMP": ["{moment}", "{moment}"],
    "DATE_CMP_TIMESTAMP": ["{moment}", "{moment}"],
    "TIMESTAMP_CMP": ["{moment}", "{moment}"],
    "TIMESTAMP_CMP_DATE": ["{moment}", "{moment}"],
    "ABS": ["{number}"],
    "CEIL": ["{number}"],
    "CEILING": ["{number}"],
    "FLOOR": ["{number}"],
    "SIGN": ["{number}"],
    "ROUND": ["{number}", "1"],
    "TRUNC": ["{number}"],
    "MOD": ["{number}", "{number}"],
    "NVL2": ["{text}", "{number}", "{number}"],
    "NULLIF": ["{number}", "{number}"],
    "DECODE": ["{number}", "{number}", "{text}", "{text}"],
}
KIND_OF = {"varchar": "text", "int4": "whole", "float8": "number"}
WANTED = {
    **{
        name: [f"{{{KIND_OF[kind.name]}}}" for kind in row.takes]
        for name, row in functions_simple._SIMPLE.items()
    },
    **QUOTED,
}
SORTED = [
    "median({number}::float8)",
    "percentile_cont(0.9) within group (order by {number}::float8 desc)",
    "listagg({text}, ', ') within group (order by i4)",
    "listagg(distinct s) within group (order by s)",
    "approximate count(distinct {any})",
    "approximate percentile_disc(0.5) within group (order by {number})",
]
AGGREGATED = {
    "COUNT": KINDS,
    "MIN": KINDS,
    "MAX": KINDS,
    "ANY_VALUE": KINDS,
    "BOOL_AND": ["truth"],
    "BOOL_OR": ["truth"],
}
PLACES = ["row_number", "rank", "dense_rank", "percent_rank", "cume_dist"]
FRAMES = ["", " rows unbounded preceding", " rows between 1 preceding and 1 following"]


@dataclass
class Writer:
    """Writes one statement after the other from one stream of random numbers."""

    random: Random

    def statement(self) -> str:
        """A SELECT of one to three columns, plain, grouped, windowed or joined to another by UNION."""
        write = self.random.choice([self._plain, self._plain, self._grouped, self._windowed, self._union])
        return write() + self.random.choice(["", "", " order by 1", " limit 3"])

    def _plain(self) -> str:
        items = ", ".join(f"{self._any(2)} as c{number}" for number in range(self.random.randint(1, 3)))
        distinct = self.random.choice(["", "", "", "distinct "])
        where = self.random.choice(["", f" where {self._expression('truth', 2)}"])
        return f"select {distinct}{items} from samples{where}"

    def _grouped(self) -> str:
        key = self._any(1)
        how = self.random.choice(["1", "1", "rollup (i4)", "grouping sets ((k), ())", key])
        having = self.random.choice(["", "", f" having {self._aggregate()} is not null"])
        items = f"{key} as k, {self._aggregate()} as a, {self._aggregate()} as b"
        return f"select {items} from samples group by {how}{having}"

    def _windowed(self) -> str:
        return f"select {self._window()} as w, {self._any(1)} as c from samples"

    def _union(self) -> str:
        sign = self.random.choice(["union", "union all", "except", "intersect"])
        kind = self.random.choice(KINDS)
        return (
            f"select {self._expression(kind, 1)} as u from samples {sign} select {self._expression(kind, 1)}"
        )

    def _any(self, depth: int) -> str:
        return self._expression(self.random.choice(KINDS), depth)

    def _expression(self, kind: str, depth: int) -> str:
        if depth == 0 or self.random.random() < 0.15:
            return self.random.choice(COLUMNS[kind] + LITERALS[kind])
        if self.random.random() < 0.03:  # a type that may not fit
            return self._any(depth - 1)
        return self.random.choice([self._call, self._cast, self._case, self._operator])(kind, depth - 1)

    def _operator(self, kind: str, depth: int) -> str:
        left = self._expression(kind, depth)
        if kind == "number":
            return f"({left} {self.random.choice('+-*/%')} {self._expression('number', depth)})"
        if kind == "text":
            return f"({left} || {self._expression('text', depth)})"
        if kind == "moment":
            step = self.random.choice(["1", "interval '1 month'"])
            return f"({left} {self.random.choice('+-')} {step})"
        return self._condition(depth)

    def _condition(self, depth: int) -> str:
        kind = self.random.choice(KINDS)
        left, right = self._expression(kind, depth), self._expression(kind, depth)
        forms = [f"{left} {sign} {right}" for sign in ("=", "<>", "<", ">=")]
        forms += [f"{left} is null", f"{left} in ({right}, {left})", f"{left} between {right} and {left}"]
        forms += [f"not ({self._expression('truth', depth)})", f"{self._expression('text', depth)} like 'a%'"]
        forms += [
            "s similar to 'a%'",
            "s ~ '[a-c]+'",
            "i4 in (select i4 from samples)",
            "exists (select 1 from samples)",
        ]
        return f"({self.random.choice(forms)})"

    def _case(self, kind: str, depth: int) -> str:
        then, other = self._expression(kind, depth), self._expression(kind, depth)
        return f"case when {self._expression('truth', depth)} then {then} else {other} end"

    def _cast(self, kind: str, depth: int) -> str:
        verb = self.random.choice(["cast", "cast", "cast", "try_cast"])
        return f"{verb}({self._expression(kind, depth)} as {self.random.choice(TYPES_OF[kind])})"

    def _call(self, kind: str, depth: int) -> str:
        name = self.random.choice(sorted(FUNCTIONS))
        if name in WANTED and self.random.random() < 0.95:
            return f"{name.lower()}({self._filled(', '.join(WANTED[name]), depth)})"
        count = self.random.choice([1, 1, 2, 2, 3])
        return f"{name.lower()}({', '.join(self._expression(kind, depth) for _ in range(count))})"

    def _aggregate(self) -> str:
        if self.random.random() < 0.25:
            return self._filled(self.random.choice(SORTED), 1)
        name = self.random.choice(
            sorted(name for name in AGGREGATES if " " not in name and name != "LISTAGG")
        )
        distinct = self.random.choice(["", "", "", "distinct "])
        kind = self.random.choice(AGGREGATED.get(name, ["number"]))
        return f"{name.lower()}({distinct}{self._expression(kind, 1)})"

    def _window(self) -> str:
        order = self.random.choice(["", "order by i4", "partition by b", "partition by b order by i4 desc"])
        frame = self.random.choice(FRAMES) if "order" in order else ""
        if self.random.random() < 0.2:
            return f"{self.random.choice(PLACES)}() over (order by i4)"
        if self.random.random() < 0.4:
            return f"{self._aggregate()} over ({order}{frame})"
        name = self.random.choice(sorted(WINDOW_ONLY))
        given = {"NTILE": "2", "NTH_VALUE": f"{self._any(1)}, 2"}.get(name, self._any(1))
        return f"{name.lower()}({'' if name.lower() in PLACES else given}) over ({order}{frame})"

    def _filled(self, form: str, depth: int) -> str:
        for kind in KINDS:
            while f"{{{kind}}}" in form:
                form = form.replace(f"{{{kind}}}", self._expression(kind, depth), 1)
        form = form.replace("{any}", self._any(depth)).replace("{part}", self.random.choice(PARTS))
        return form.replace("{whole}", self.random.choice(["1", "2", "i4", "0", "-1"]))
