/*
title = "The two meter systems"
question = "Do both meter systems report alike?"
maintainer = "data-team"
usualSeconds = 2
deadlineSeconds = 60
maximumRows = 20
notes = [
    "Odd trips are counted over all trips as they came; averages use only the trips whose figure can be believed.",
    "Trips of about 24 hours are vendor 2's, trips without a distance mostly vendor 1's. Nothing here ranks drivers.",
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
label = "Order of the measures"
role = "dimension"
format = "integer"

[[columns]]
name = "measure"
type = "text"
label = "Measure"
role = "dimension"
format = "text"

[[columns]]
name = "unit"
type = "text"
label = "Unit"
role = "dimension"
format = "text"

[[columns]]
name = "vendor_1"
type = "double"
label = "Vendor 1"
role = "measure"

[[columns]]
name = "vendor_2"
type = "double"
label = "Vendor 2"
role = "measure"

[[columns]]
name = "difference"
type = "double"
label = "Vendor 2 less vendor 1"
role = "measure"

[[columns]]
name = "difference_percent"
type = "double"
label = "Difference"
unit = "% of vendor 1"
role = "measure"
format = "percent"

[[columns]]
name = "gap_percent"
type = "double"
label = "Size of the difference"
unit = "% of vendor 1"
role = "measure"
format = "percent"

[[columns]]
name = "vendor_2_percent"
type = "double"
label = "Vendor 2's share of trips"
unit = "%"
role = "measure"
format = "percent"

[[columns]]
name = "without_vendor"
type = "integer"
label = "Trips of no known vendor"
role = "excluded"
format = "integer"
reason = "the trip names neither of the two vendors"

[[kpis]]
label = "Vendor 2's share"
column = "vendor_2_percent"
aggregate = "first"

[[kpis]]
label = "Largest difference"
column = "gap_percent"
aggregate = "maximum"
at = ["measure"]

[[charts]]
kind = "dumbbell"
title = "Vendor 1 and vendor 2"
x = "measure"
y = ["vendor_1", "vendor_2"]
label = "unit"
why = "Two dots close together: both systems tell the same."

[[example]]
parameters = { startDate = "2015-01-01", endDate = "2015-12-31" }
rows = 15
*/
with counted as (
    select
        vendorid,
        sum(trips)::bigint as trips,
        sum(fare_trips)::bigint as fare_trips,
        sum(fare_amount)::decimal(18, 2) as fares,
        sum(total_amount)::decimal(18, 2) as paid,
        sum(distance_trips)::bigint as distance_trips,
        sum(miles)::decimal(18, 2) as miles,
        sum(duration_trips)::bigint as duration_trips,
        sum(seconds)::bigint as seconds,
        sum(speed_miles)::decimal(18, 2) as speed_miles,
        sum(speed_seconds)::bigint as speed_seconds,
        sum(card_trips)::bigint as card_trips,
        sum(card_trips - tipped_card_trips)::bigint as untipped_card_trips,
        sum(card_fare_amount)::decimal(18, 2) as card_fares,
        sum(card_tip_amount)::decimal(18, 2) as card_tips,
        sum(no_distance_trips)::bigint as no_distance,
        sum(long_trips)::bigint as long,
        sum(day_long_trips)::bigint as day_long,
        sum(trips - zone_trips)::bigint as no_zone,
        sum(unequal_total_trips)::bigint as unequal_total,
        sum(case when passenger_count = 0 then trips else 0 end)::bigint as nobody,
        sum(case when passenger_count between 1 and 6 then passenger_count * trips else 0 end)::bigint as riders,
        sum(case when passenger_count between 1 and 6 then trips else 0 end)::bigint as rider_trips
    from trips_by_day_vendor
    where pickup_day >= :startDate::date
        and pickup_day < :endDate::date + 1
    group by 1
),

shares as (
    select
        c.*,
        (sum(c.trips) over ())::bigint as all_trips
    from counted c
    where c.vendorid in (1, 2)
),

figures as (
    select 1 as rank, 'Share of trips' as measure, '%' as unit, vendorid, 100 * trips::float8 / all_trips as figure from shares
    union all
    select 2, 'Fare per trip', '$', vendorid, fares::float8 / nullif(fare_trips, 0) from shares
    union all
    select 3, 'Paid per trip', '$', vendorid, paid::float8 / nullif(fare_trips, 0) from shares
    union all
    select 4, 'Distance per trip', 'mi', vendorid, miles::float8 / nullif(distance_trips, 0) from shares
    union all
    select 5, 'Duration per trip', 'min', vendorid, seconds::float8 / 60 / nullif(duration_trips, 0) from shares
    union all
    select 6, 'Speed', 'mph', vendorid, 3600 * speed_miles::float8 / nullif(speed_seconds, 0) from shares
    union all
    select 7, 'Tip on card payments', '% of the fare', vendorid, 100 * card_tips::float8 / nullif(card_fares::float8, 0) from shares
    union all
    select 8, 'Card trips without a tip', '%', vendorid, 100 * untipped_card_trips::float8 / nullif(card_trips, 0) from shares
    union all
    select 9, 'No distance', '%', vendorid, 100 * no_distance::float8 / trips from shares
    union all
    select 10, 'Too long to believe', '%', vendorid, 100 * long::float8 / trips from shares
    union all
    select 11, 'About 24 hours', 'per 10,000 trips', vendorid, 10000 * day_long::float8 / trips from shares
    union all
    select 12, 'Unknown pickup zone', '%', vendorid, 100 * no_zone::float8 / trips from shares
    union all
    select 13, 'Passengers per trip', '', vendorid, riders::float8 / nullif(rider_trips, 0) from shares
    union all
    select 14, 'No passengers', '%', vendorid, 100 * nobody::float8 / trips from shares
    union all
    select 15, 'Parts miss the total', '%', vendorid, 100 * unequal_total::float8 / trips from shares
),

side_by_side as (
    select
        rank,
        measure,
        unit,
        round(max(case when vendorid = 1 then figure end)::decimal(18, 8), 2)::float8 as vendor_1,
        round(max(case when vendorid = 2 then figure end)::decimal(18, 8), 2)::float8 as vendor_2
    from figures
    group by 1, 2, 3
),

neither as (
    select sum(case when vendorid in (1, 2) then 0 else trips end)::bigint as trips
    from counted
)

-- Figures are rounded as decimals.
select
    s.rank,
    s.measure,
    s.unit,
    s.vendor_1,
    s.vendor_2,
    round((s.vendor_2 - s.vendor_1)::decimal(18, 8), 2)::float8 as difference,
    round((100 * (s.vendor_2 - s.vendor_1) / nullif(s.vendor_1, 0))::decimal(18, 8), 1)::float8 as difference_percent,
    abs(round((100 * (s.vendor_2 - s.vendor_1) / nullif(s.vendor_1, 0))::decimal(18, 8), 1)::float8) as gap_percent,
    max(case when s.rank = 1 then s.vendor_2 end) over () as vendor_2_percent,
    n.trips as without_vendor
from side_by_side s
cross join neither n
order by s.rank
