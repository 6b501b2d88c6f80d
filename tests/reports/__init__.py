"""Are the reports true? Every report is computed a second time by pandas, and the two answers must agree.

`twins/` holds the second computations. Each was written from the question, the columns and the rules alone, by
somebody who has not seen the SQL; they read an export of the rows, and share no code with the warehouse.
`test_answers.py` compares, `test_broken_reports.py` breaks each report's SQL and expects its twin to notice.
"""
