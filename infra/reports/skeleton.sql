/*
title = "{{title}}"
question = "How many trips began on each day?"
maintainer = "data-team"
usualSeconds = 2
deadlineSeconds = 60
maximumRows = 400

[[parameters]]
name = "startDate"
label = "From"
type = "date"
default = "2015-06-01"
minimum = "2015-01-01"
maximum = "2015-12-31"

[[parameters]]
name = "endDate"
label = "To"
type = "date"
default = "2015-06-30"
minimum = "2015-01-01"
maximum = "2015-12-31"

[[columns]]
name = "pickup_day"
type = "date"
label = "Day"
role = "dimension"
format = "date"

[[columns]]
name = "trips"
type = "integer"
label = "Trips"
role = "measure"
format = "integer"

[[kpis]]
label = "Trips"
column = "trips"
aggregate = "sum"

[[charts]]
kind = "bar"
title = "Trips per day"
x = "pickup_day"
y = ["trips"]
why = "One bar a day shows weekends and holidays at a glance."

[[example]]
parameters = { startDate = "2015-06-01", endDate = "2015-06-30" }
rows = 30
*/
select
    pickup_day,
    sum(trips)::bigint as trips
from trips_by_hour_zone
where pickup_day >= :startDate::date
    and pickup_day < :endDate::date + 1
group by pickup_day
order by pickup_day
