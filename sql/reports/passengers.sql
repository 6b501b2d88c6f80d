/*
title = "Passengers"
question = "How many ride together?"
maintainer = "data-team"
usualSeconds = 2
deadlineSeconds = 60
maximumRows = 100
notes = [
    "Drivers type the number in; some leave it at what it was.",
    "Nearly all rides of five and six come from one of the two meter systems, vendor 2.",
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
name = "passengers"
type = "integer"
label = "Passengers"
role = "dimension"
format = "integer"

[[columns]]
name = "trips"
type = "integer"
label = "Trips"
role = "measure"
format = "integer"

[[columns]]
name = "share_percent"
type = "double"
label = "Share of trips"
unit = "%"
role = "measure"
format = "percent"

[[columns]]
name = "mean_fare"
type = "decimal"
label = "Fare per trip"
unit = "$"
role = "measure"
format = "usd"

[[columns]]
name = "riders"
type = "integer"
label = "Riders"
role = "measure"
format = "integer"

[[columns]]
name = "rider_trips"
type = "integer"
label = "Trips with one to six riders"
role = "measure"
format = "integer"

[[columns]]
name = "solo_trips"
type = "integer"
label = "Trips of one rider"
role = "measure"
format = "integer"

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
name = "without_count"
type = "integer"
label = "Left out of the mean"
role = "excluded"
format = "integer"
reason = "no rider, or more than six"

[[kpis]]
label = "Riders per trip"
column = "riders"
aggregate = "sum"
per = "rider_trips"

[[kpis]]
label = "Riding alone"
column = "solo_trips"
aggregate = "sum"
per = "trips"
format = "percent"

[[charts]]
kind = "bar"
title = "Trips by number of passengers"
x = "passengers"
y = ["trips"]
why = "Ten bars in the order of the number: most people ride alone."

[[example]]
parameters = { startDate = "2015-01-01", endDate = "2015-12-31" }
minimumRows = 7
maximumRows = 11
total = { column = "share_percent", equals = 100, tolerance = 0.5 }
*/
with counted as (
    select
        passenger_count::int as passengers,
        sum(trips)::bigint as trips,
        sum(fare_trips)::bigint as fare_trips,
        sum(fare_amount)::decimal(18, 2) as fares
    from trips_by_day_vendor
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
    n.passengers,
    n.trips,
    round((100 * n.trips::float8 / (sum(n.trips) over ())::bigint)::decimal(18, 8), 1)::float8 as share_percent,
    round((n.fares::float8 / nullif(n.fare_trips, 0))::decimal(18, 8), 2)::decimal(9, 2) as mean_fare,
    case when n.passengers between 1 and 6 then n.passengers * n.trips end as riders,
    case when n.passengers between 1 and 6 then n.trips end as rider_trips,
    case when n.passengers = 1 then n.trips else 0 end as solo_trips,
    c.trips as control_trips,
    (sum(n.trips - n.fare_trips) over ())::bigint as without_fare,
    (sum(case when n.passengers between 1 and 6 then 0 else n.trips end) over ())::bigint as without_count
from counted n
cross join counted_again c
order by n.passengers
