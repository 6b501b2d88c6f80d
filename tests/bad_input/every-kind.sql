/*
title = "Every kind"
question = "What becomes of each kind of parameter?"
maintainer = "tests"
usualSeconds = 1
deadlineSeconds = 60
maximumRows = 10
maximumDays = 7

[[parameters]]
name = "startDate"
label = "From"
type = "date"
minimum = "2015-01-01"
maximum = "2015-12-31"

[[parameters]]
name = "endDate"
label = "To"
type = "date"
minimum = "2015-01-01"
maximum = "2015-12-31"

[[parameters]]
name = "count"
label = "Count"
type = "integer"
required = false
default = "5"
minimum = "1"
maximum = "100"

[[parameters]]
name = "ratio"
label = "Ratio"
type = "number"
required = false
default = "2.5"
minimum = "0"
maximum = "10"

[[parameters]]
name = "word"
label = "Word"
type = "text"
required = false
default = "plain"

[[parameters]]
name = "borough"
label = "Borough"
type = "choice"
required = false
default = "Queens"
choices = ["Queens", "Bronx"]

[[parameters]]
name = "flag"
label = "Flag"
type = "boolean"
required = false
default = "true"

[[columns]]
name = "word"
type = "text"
label = "Word"
role = "dimension"

[[columns]]
name = "days"
type = "integer"
label = "Days"
role = "measure"
*/

select :word::varchar as word, count(*) as days
from calendar
where day >= :startDate::date and day < :endDate::date + 1
    and :flag::boolean and :count::int > 0 and :ratio::float8 >= 0 and :borough::varchar <> ''
