/*
title = "Data quality"
question = "How far can I trust this?"
maintainer = "data-team"
usualSeconds = 2
deadlineSeconds = 60
maximumRows = 20
notes = [
    "A trip can fail several checks: never add them up.",
    "The TLC's two releases of this year, CSV and Parquet, differ by 73,758 trips; the page Reports and data names the one that is loaded.",
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
name = "rank"
type = "integer"
label = "Check"
role = "dimension"
format = "integer"

[[columns]]
name = "check_name"
type = "text"
label = "What is odd"
role = "dimension"
format = "text"

[[columns]]
name = "affects"
type = "text"
label = "Figures affected"
role = "dimension"
format = "text"

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
name = "passing_trips"
type = "integer"
label = "Trips that every rule believes"
role = "measure"
format = "integer"

[[columns]]
name = "passing_percent"
type = "double"
label = "Share that every rule believes"
unit = "%"
role = "measure"
format = "percent"

[[columns]]
name = "all_trips"
type = "integer"
label = "All trips"
role = "measure"
format = "integer"

[[kpis]]
label = "Believed in every way"
column = "passing_percent"
aggregate = "first"

[[kpis]]
label = "Most frequent"
column = "share_percent"
aggregate = "maximum"
at = ["check_name"]

[[charts]]
kind = "ranked"
title = "Trips that fail a check"
x = "check_name"
y = ["share_percent"]
why = "The longest bar is what to ask about first."

[[example]]
parameters = { startDate = "2015-01-01", endDate = "2015-12-31" }
rows = 15
*/
with counted as (
    select
        sum(trips)::bigint as all_trips,
        sum(believed_trips)::bigint as passing_trips,
        sum(no_distance_trips)::bigint as no_distance,
        sum(far_trips)::bigint as far,
        sum(short_trips)::bigint as short,
        sum(backward_trips)::bigint as backward,
        sum(long_trips)::bigint as long,
        sum(fast_trips)::bigint as fast,
        sum(no_fare_trips)::bigint as no_fare,
        sum(negative_fare_trips)::bigint as negative_fare,
        sum(odd_total_trips)::bigint as odd_total,
        sum(trips - zone_trips)::bigint as no_pickup_zone,
        sum(trips - dropoff_zone_trips)::bigint as no_dropoff_zone,
        sum(case when passenger_count = 0 then trips else 0 end)::bigint as no_passengers,
        sum(case when passenger_count > 6 then trips else 0 end)::bigint as many_passengers,
        sum(unequal_total_trips)::bigint as unequal_total,
        sum(unknown_rate_trips)::bigint as unknown_rate
    from trips_by_day_vendor
    where pickup_day >= :startDate::date
        and pickup_day < :endDate::date + 1
),

checks as (
    select 1 as rank, 'No distance' as check_name, 'distances' as affects, no_distance as trips from counted
    union all
    select 2, 'Distance too long to believe', 'distances', far from counted
    union all
    select 3, 'Too short to believe', 'durations', short from counted
    union all
    select 4, 'Ends before it begins', 'durations', backward from counted
    union all
    select 5, 'Too long to believe', 'durations', long from counted
    union all
    select 6, 'Too fast to believe', 'speeds', fast from counted
    union all
    select 7, 'Fare of zero', 'fares', no_fare from counted
    union all
    select 8, 'Negative fare', 'fares', negative_fare from counted
    union all
    select 9, 'Total not believable', 'fares', odd_total from counted
    union all
    select 10, 'Pickup zone unknown', 'places', no_pickup_zone from counted
    union all
    select 11, 'Drop-off zone unknown', 'places', no_dropoff_zone from counted
    union all
    select 12, 'No passengers', 'passengers', no_passengers from counted
    union all
    select 13, 'More than six passengers', 'passengers', many_passengers from counted
    union all
    select 14, 'Parts miss the total', 'fares', unequal_total from counted
    union all
    select 15, 'Unknown rate code', 'fares', unknown_rate from counted
)

-- Figures are rounded as decimals.
select
    k.rank,
    k.check_name,
    k.affects,
    k.trips,
    round((100 * k.trips::float8 / c.all_trips)::decimal(18, 8), 3)::float8 as share_percent,
    c.passing_trips,
    round((100 * c.passing_trips::float8 / c.all_trips)::decimal(18, 8), 1)::float8 as passing_percent,
    c.all_trips
from checks k
cross join counted c
where c.all_trips > 0
order by k.rank
