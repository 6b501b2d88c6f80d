/*
title = "About the data"
question = "What is loaded, and how complete is it?"
maintainer = "data-team"
usualSeconds = 2
deadlineSeconds = 60
maximumRows = 12
parameters = []
wholeYear = "it describes all that is loaded, whatever the days"
notes = [
    "Trips published are those that the TLC counted for each day; a sample of the year holds fewer.",
    "The first and the last day are those with a trip, so a gap at either end of a month shows.",
]

[[columns]]
name = "month"
type = "date"
label = "Month"
role = "dimension"
format = "date"

[[columns]]
name = "days"
type = "integer"
label = "Days"
role = "measure"
format = "integer"

[[columns]]
name = "trips"
type = "integer"
label = "Trips loaded"
role = "measure"
format = "integer"

[[columns]]
name = "published_trips"
type = "integer"
label = "Trips published"
role = "measure"
format = "integer"

[[columns]]
name = "difference"
type = "integer"
label = "Loaded less published"
role = "measure"
format = "integer"

[[columns]]
name = "difference_percent"
type = "double"
label = "Loaded less published"
unit = "% of those published"
role = "measure"
format = "percent"

[[columns]]
name = "first_day"
type = "date"
label = "First day with trips"
role = "measure"
format = "date"

[[columns]]
name = "last_day"
type = "date"
label = "Last day with trips"
role = "measure"
format = "date"

[[columns]]
name = "days_without_trips"
type = "integer"
label = "Days without trips"
role = "measure"
format = "integer"

[[columns]]
name = "control_trips"
type = "integer"
label = "Trips, counted a second time"
role = "control"
format = "integer"

[[kpis]]
label = "Trips loaded"
column = "trips"
aggregate = "sum"

[[kpis]]
label = "Trips published"
column = "published_trips"
aggregate = "sum"

[[kpis]]
label = "Days without trips"
column = "days_without_trips"
aggregate = "sum"

[[charts]]
kind = "bar"
title = "Trips loaded and published, by month"
x = "month"
y = ["trips", "published_trips"]
why = "Two bars a month show at once what is missing."

[[example]]
parameters = {  }
rows = 12
total = { column = "published_trips", equals = 146112989 }
*/
with loaded as (
    select
        pickup_day,
        sum(trips)::bigint as trips
    from trips_by_day_vendor
    group by 1
),

days as (
    select
        date_trunc('month', c.day)::date as month,
        c.published_trips,
        l.pickup_day,
        coalesce(l.trips, 0) as trips
    from calendar c
    left join loaded l on l.pickup_day = c.day
),

months as (
    select
        month,
        count(*) as days,
        sum(trips)::bigint as trips,
        sum(published_trips)::bigint as published_trips,
        min(pickup_day) as first_day,
        max(pickup_day) as last_day,
        sum(case when trips = 0 then 1 else 0 end) as days_without_trips
    from days
    group by 1
),

counted_again as (
    select count(*) as trips
    from trips
    where tpep_pickup_datetime >= '2015-01-01'::date
        and tpep_pickup_datetime < '2016-01-01'::date
)

-- Figures are rounded as decimals.
select
    m.month,
    m.days,
    m.trips,
    m.published_trips,
    m.trips - m.published_trips as difference,
    round((100 * (m.trips - m.published_trips)::float8 / nullif(m.published_trips, 0))::decimal(18, 8), 3)::float8 as difference_percent,
    m.first_day,
    m.last_day,
    m.days_without_trips,
    c.trips as control_trips
from months m
cross join counted_again c
order by m.month
