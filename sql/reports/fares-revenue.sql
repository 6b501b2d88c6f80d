/*
title = "Fares and revenue"
question = "What is paid, and for what?"
maintainer = "data-team"
usualSeconds = 2
deadlineSeconds = 60
maximumRows = 400
notes = [
    "Amounts are those of trips with a believable fare; the number of trips counts every trip picked up in the period.",
    "A week or month that was asked for only in part has fewer days: compare the money per day.",
    "Tips are known for card payments alone, so what drivers earned is more than what is shown here.",
    "For vendor 1's trips of 1 to 4 January the parts do not add up to the total: the surcharge was charged and not written down.",
]

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

[[parameters]]
name = "grain"
label = "One row for each"
type = "choice"
required = false
default = "week"
choices = [
    { value = "week", label = "Week" },
    { value = "day", label = "Day" },
    { value = "month", label = "Month" },
]
help = "Weeks begin on Monday."

[[columns]]
name = "period_start"
type = "date"
label = "Period from"
role = "dimension"
format = "date"

[[columns]]
name = "days"
type = "integer"
label = "Days asked for"
role = "measure"
format = "integer"

[[columns]]
name = "trips"
type = "integer"
label = "Trips"
role = "measure"
format = "integer"

[[columns]]
name = "fares"
type = "decimal"
label = "Fares"
unit = "$"
role = "measure"
format = "usd"

[[columns]]
name = "extras"
type = "decimal"
label = "Extras for rush hour and night"
unit = "$"
role = "measure"
format = "usd"

[[columns]]
name = "mta_tax"
type = "decimal"
label = "MTA tax"
unit = "$"
role = "measure"
format = "usd"

[[columns]]
name = "tips"
type = "decimal"
label = "Tips on cards"
unit = "$"
role = "measure"
format = "usd"

[[columns]]
name = "tolls"
type = "decimal"
label = "Tolls"
unit = "$"
role = "measure"
format = "usd"

[[columns]]
name = "surcharges"
type = "decimal"
label = "Improvement surcharge"
unit = "$"
role = "measure"
format = "usd"

[[columns]]
name = "unexplained"
type = "decimal"
label = "Paid, but in none of the parts"
unit = "$"
role = "measure"
format = "usd"

[[columns]]
name = "total"
type = "decimal"
label = "Paid in all"
unit = "$"
role = "measure"
format = "usd"

[[columns]]
name = "revenue_per_day"
type = "decimal"
label = "Paid per day"
unit = "$"
role = "measure"
format = "usd"

[[columns]]
name = "fare_trips"
type = "integer"
label = "Trips with a believable fare"
role = "measure"
format = "integer"

[[columns]]
name = "miles"
type = "double"
label = "Miles"
unit = "mi"
role = "measure"
format = "miles"

[[columns]]
name = "control_trips"
type = "integer"
label = "Trips, counted a second time"
role = "control"
format = "integer"

[[columns]]
name = "without_fare"
type = "integer"
label = "Left out of money"
role = "excluded"
format = "integer"
reason = "fare or total of $0 or less, or a total of $1,000 or more"

[[columns]]
name = "without_distance"
type = "integer"
label = "Left out of miles"
role = "excluded"
format = "integer"
reason = "0 or more than 100 miles"

[[kpis]]
label = "Paid in all"
column = "total"
aggregate = "sum"

[[kpis]]
label = "Paid per trip"
column = "total"
aggregate = "sum"
per = "fare_trips"
format = "usd"

[[kpis]]
label = "Paid per mile"
column = "total"
aggregate = "sum"
per = "miles"
format = "usd"

[[charts]]
kind = "line"
title = "Paid per day"
x = "period_start"
y = ["revenue_per_day"]
why = "Months and part weeks differ in length: per day they can be compared."

[[charts]]
kind = "ranked"
title = "What the money was for"
x = "period_start"
y = ["fares", "tips", "tolls", "extras", "mta_tax", "surcharges"]
why = "One bar for each part shows which of them matter."

[[example]]
parameters = { startDate = "2015-06-01", endDate = "2015-06-30", grain = "week" }
rows = 5
value = { column = "days", where = { period_start = "2015-06-29" }, equals = 2 }
total = { column = "days", equals = 30 }

[[example]]
parameters = { startDate = "2015-01-01", endDate = "2015-12-31", grain = "month" }
rows = 12
value = { column = "days", where = { period_start = "2015-02-01" }, equals = 28 }
total = { column = "days", equals = 365 }
*/
with days as (
    select
        day,
        case :grain::varchar
            when 'week' then date_trunc('week', day)::date
            when 'month' then date_trunc('month', day)::date
            else day
        end as period_start
    from calendar
    where day >= :startDate::date
        and day < :endDate::date + 1
),

paid_by_day as (
    select
        pickup_day,
        sum(trips)::bigint as trips,
        sum(fare_trips)::bigint as fare_trips,
        sum(distance_trips)::bigint as distance_trips,
        sum(miles)::decimal(18, 2) as miles,
        sum(fare_amount)::decimal(18, 2) as fares,
        coalesce(sum(extra), 0)::decimal(18, 2) as extras,
        coalesce(sum(mta_tax), 0)::decimal(18, 2) as mta_tax,
        coalesce(sum(tip_amount), 0)::decimal(18, 2) as tips,
        coalesce(sum(tolls_amount), 0)::decimal(18, 2) as tolls,
        coalesce(sum(improvement_surcharge), 0)::decimal(18, 2) as surcharges,
        sum(total_amount)::decimal(18, 2) as total
    from trips_by_hour_zone
    where pickup_day >= :startDate::date
        and pickup_day < :endDate::date + 1
    group by 1
),

paid as (
    select
        d.period_start,
        count(*) as days,
        sum(p.trips)::bigint as trips,
        sum(p.fare_trips)::bigint as fare_trips,
        sum(p.distance_trips)::bigint as distance_trips,
        sum(p.miles)::float8 as miles,
        sum(p.fares)::decimal(18, 2) as fares,
        sum(p.extras)::decimal(18, 2) as extras,
        sum(p.mta_tax)::decimal(18, 2) as mta_tax,
        sum(p.tips)::decimal(18, 2) as tips,
        sum(p.tolls)::decimal(18, 2) as tolls,
        sum(p.surcharges)::decimal(18, 2) as surcharges,
        sum(p.total)::decimal(18, 2) as total
    from days d
    left join paid_by_day p on p.pickup_day = d.day
    group by 1
),

counted_again as (
    select count(*) as trips
    from trips
    where tpep_pickup_datetime >= :startDate::date
        and tpep_pickup_datetime < :endDate::date + 1
)

-- Figures are rounded as decimals.
select
    p.period_start,
    p.days,
    p.trips,
    p.fares,
    p.extras,
    p.mta_tax,
    p.tips,
    p.tolls,
    p.surcharges,
    (p.total - p.fares - p.extras - p.mta_tax - p.tips - p.tolls - p.surcharges)::decimal(18, 2) as unexplained,
    p.total,
    round((p.total::float8 / p.days)::decimal(18, 8), 2) as revenue_per_day,
    p.fare_trips,
    p.miles,
    c.trips as control_trips,
    (sum(p.trips - p.fare_trips) over ())::bigint as without_fare,
    (sum(p.trips - p.distance_trips) over ())::bigint as without_distance
from paid p
cross join counted_again c
where p.trips > 0
order by p.period_start
