"""One module per report, named as its file is: `COLUMNS` says the types, `answer` computes the table.

A twin takes an export of the warehouse's rows and the values of the report's parameters as text.
"""
