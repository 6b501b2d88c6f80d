/*
title = "Daily summary"
question = "How busy was each day, and what did it earn?"
maintainer = "data-team"
usualSeconds = 2
deadlineSeconds = 60
maximumRows = 400
notes = [
    "The number of trips counts every trip picked up on the day; each average uses only the trips whose figure can be believed.",
    "Tips are known for card payments alone: what riders give in cash is not recorded.",
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

[[columns]]
name = "pickup_date"
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

[[columns]]
name = "mean_fare"
type = "decimal"
label = "Fare per trip"
unit = "$"
role = "measure"
format = "usd"

[[columns]]
name = "revenue"
type = "decimal"
label = "Paid in all"
unit = "$"
role = "measure"
format = "usd"

[[columns]]
name = "mean_miles"
type = "double"
label = "Distance per trip"
unit = "mi"
role = "measure"
format = "miles"

[[columns]]
name = "mean_minutes"
type = "double"
label = "Duration per trip"
unit = "min"
role = "measure"
format = "minutes"

[[columns]]
name = "card_tip_percent"
type = "double"
label = "Tip on card payments"
unit = "% of the fare"
role = "measure"
format = "percent"

[[columns]]
name = "fares"
type = "decimal"
label = "Fares"
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
name = "distance_trips"
type = "integer"
label = "Trips with a believable distance"
role = "measure"
format = "integer"

[[columns]]
name = "card_tips"
type = "decimal"
label = "Tips on cards"
unit = "$"
role = "measure"
format = "usd"

[[columns]]
name = "card_fares"
type = "decimal"
label = "Fares paid by card"
unit = "$"
role = "measure"
format = "usd"

[[columns]]
name = "control_trips"
type = "integer"
label = "Trips, counted a second time"
role = "control"
format = "integer"

[[columns]]
name = "without_fare"
type = "integer"
label = "Left out of fares"
role = "excluded"
format = "integer"
reason = "fare or total of $0 or less, or a total of $1,000 or more"

[[columns]]
name = "without_distance"
type = "integer"
label = "Left out of distances"
role = "excluded"
format = "integer"
reason = "0 or more than 100 miles"

[[columns]]
name = "without_duration"
type = "integer"
label = "Left out of durations"
role = "excluded"
format = "integer"
reason = "less than 1 or more than 180 minutes"

[[kpis]]
label = "Trips"
column = "trips"
aggregate = "sum"

[[kpis]]
label = "Trips per day"
column = "trips"
aggregate = "mean"

[[kpis]]
label = "Fare per trip"
column = "fares"
aggregate = "sum"
per = "fare_trips"
format = "usd"

[[kpis]]
label = "Distance per trip"
column = "miles"
aggregate = "sum"
per = "distance_trips"
format = "miles"

[[kpis]]
label = "Tip on card payments"
column = "card_tips"
aggregate = "sum"
per = "card_fares"
format = "percent"

[[charts]]
kind = "bar"
title = "Trips per day"
x = "pickup_date"
y = ["trips"]
why = "One bar a day shows weekends, holidays and storms at a glance."

[[example]]
parameters = { startDate = "2015-06-01", endDate = "2015-06-30" }
rows = 30

[[example]]
parameters = { startDate = "2015-01-01", endDate = "2015-12-31" }
rows = 365
*/
with days as (
    select
        pickup_day as pickup_date,
        sum(trips)::bigint as trips,
        sum(total_amount)::decimal(18, 2) as revenue,
        sum(fare_amount)::decimal(18, 2) as fares,
        sum(fare_trips)::bigint as fare_trips,
        sum(miles)::float8 as miles,
        sum(distance_trips)::bigint as distance_trips,
        sum(seconds)::float8 / 60 as minutes,
        sum(duration_trips)::bigint as duration_trips,
        sum(case when payment_type = 1 then tip_amount else 0 end)::decimal(18, 2) as card_tips,
        sum(case when payment_type = 1 then fare_amount else 0 end)::decimal(18, 2) as card_fares
    from trips_by_hour_zone
    where pickup_day >= :startDate::date
        and pickup_day < :endDate::date + 1
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
    d.pickup_date,
    d.trips,
    round((d.fares::float8 / nullif(d.fare_trips, 0))::decimal(18, 8), 2)::decimal(9, 2) as mean_fare,
    d.revenue,
    round((d.miles / nullif(d.distance_trips, 0))::decimal(18, 8), 2)::float8 as mean_miles,
    round((d.minutes / nullif(d.duration_trips, 0))::decimal(18, 8), 1)::float8 as mean_minutes,
    round((100 * d.card_tips::float8 / nullif(d.card_fares::float8, 0))::decimal(18, 8), 1)::float8 as card_tip_percent,
    d.fares,
    d.fare_trips,
    d.miles,
    d.distance_trips,
    d.card_tips,
    d.card_fares,
    c.trips as control_trips,
    (sum(d.trips - d.fare_trips) over ())::bigint as without_fare,
    (sum(d.trips - d.distance_trips) over ())::bigint as without_distance,
    (sum(d.trips - d.duration_trips) over ())::bigint as without_duration
from days d
cross join counted_again c
order by d.pickup_date
