"""The types of sums, products and of values that meet in one column.

Source: AWS, Redshift Database Developer Guide, "Computations with numeric values".
"""

from __future__ import annotations

from infra.local.redshift.types import FLOAT8, TIMESTAMP, UNKNOWN, RedshiftType, numeric, varchar


def sum_type(left: RedshiftType, right: RedshiftType) -> RedshiftType:
    """The type of `left + right`, `left - right` and `left % right`."""
    common = _without_decimals(left, right)
    if common is not None:
        return common
    scale = max(left.scale, right.scale)
    digits = max(left.precision - left.scale, right.precision - right.scale)
    return numeric(digits + 1 + scale, scale)


def product_type(left: RedshiftType, right: RedshiftType) -> RedshiftType:
    """The type of `left * right`."""
    common = _without_decimals(left, right)
    if common is not None:
        return common
    return numeric(left.precision + right.precision + 1, left.scale + right.scale)


def quotient_type(left: RedshiftType, right: RedshiftType) -> RedshiftType:
    """The type of `left / right`."""
    common = _without_decimals(left, right)
    if common is not None:
        return common
    scale = max(4, left.scale + right.precision - right.scale + 1)
    return numeric(left.precision - left.scale + right.scale + scale, scale)


def common_type(left: RedshiftType, right: RedshiftType) -> RedshiftType | None:
    """The type of a column in which both meet (CASE, COALESCE, UNION); None if they cannot."""
    if right in (left, UNKNOWN):
        return left
    if left == UNKNOWN:
        return right
    if left.is_number and right.is_number:
        return _widest_number(left, right)
    if left.is_text and right.is_text:
        return varchar(max(left.precision, right.precision))
    return TIMESTAMP if left.is_moment and right.is_moment else None


def _widest_number(left: RedshiftType, right: RedshiftType) -> RedshiftType:
    common = _without_decimals(left, right)
    if common is not None:
        return common
    scale = max(left.scale, right.scale)
    return numeric(max(left.precision - left.scale, right.precision - right.scale) + scale, scale)


def _without_decimals(left: RedshiftType, right: RedshiftType) -> RedshiftType | None:
    if left.is_float or right.is_float:
        return left if left == right else FLOAT8
    if left.is_integer and right.is_integer:
        return max(left, right, key=lambda kind: kind.precision)
    return None
