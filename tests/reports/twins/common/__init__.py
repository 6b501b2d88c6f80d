"""What the twins share: the rows, the rules, sums over groups, periods, and exact rounding."""
