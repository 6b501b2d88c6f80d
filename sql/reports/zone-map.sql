/*
title = "Map of zones"
question = "Where do trips start or end?"
maintainer = "data-team"
usualSeconds = 2
deadlineSeconds = 60
maximumRows = 300
notes = [
    "About 2 % of trips have no known zone: one row, Unknown, counts them, so every share is of all trips.",
    "Zones differ in size, so trips per square mile says more of a place than trips. For zones 57, 104 and 105 no area and no place on the map are known.",
    "Tips are known for card payments alone, so the tip shown is that of a trip paid by card.",
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
name = "end"
label = "Which end of the trip"
type = "choice"
required = false
default = "pickup"
choices = [
    { value = "pickup", label = "Pickup" },
    { value = "dropoff", label = "Drop-off" },
]

[[parameters]]
name = "measure"
label = "Show"
type = "choice"
required = false
default = "trips_per_square_mile"
choices = [
    { value = "trips_per_square_mile", label = "Trips per square mile" },
    { value = "trips", label = "Trips" },
    { value = "fare", label = "Fare per trip" },
    { value = "tip", label = "Tip per card trip" },
]
help = "What the map and the order of the rows show; the table has all four."

[[columns]]
name = "zone_id"
type = "integer"
label = "Zone number"
role = "dimension"
format = "integer"

[[columns]]
name = "zone"
type = "text"
label = "Zone"
role = "dimension"
format = "text"

[[columns]]
name = "borough"
type = "text"
label = "Borough"
role = "dimension"
format = "text"

[[columns]]
name = "longitude"
type = "double"
label = "Longitude"
unit = "°"
role = "dimension"

[[columns]]
name = "latitude"
type = "double"
label = "Latitude"
unit = "°"
role = "dimension"

[[columns]]
name = "trips"
type = "integer"
label = "Trips"
role = "measure"
format = "integer"

[[columns]]
name = "share_percent"
type = "double"
label = "Share of all trips"
unit = "%"
role = "measure"
format = "percent"

[[columns]]
name = "trips_per_square_mile"
type = "double"
label = "Trips per square mile"
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
name = "mean_tip"
type = "decimal"
label = "Tip per card trip"
unit = "$"
role = "measure"
format = "usd"

[[columns]]
name = "value"
type = "double"
label = "Chosen measure"
labelFrom = "measure"
unitFrom = "unit"
role = "measure"

[[columns]]
name = "unit"
type = "text"
label = "Unit"
role = "dimension"

[[columns]]
name = "manhattan_percent"
type = "double"
label = "Share of Manhattan"
unit = "%"
role = "measure"
format = "percent"

[[columns]]
name = "top_ten_percent"
type = "double"
label = "Share of the ten busiest zones"
unit = "%"
role = "measure"
format = "percent"

[[columns]]
name = "control_trips"
type = "integer"
label = "Trips, counted a second time"
role = "control"
format = "integer"

[[columns]]
name = "without_zone"
type = "integer"
label = "In no known zone"
role = "excluded"
format = "integer"
reason = "zone unknown or outside the city; shown as the row Unknown"

[[columns]]
name = "without_fare"
type = "integer"
label = "Left out of fares and tips"
role = "excluded"
format = "integer"
reason = "fare or total of $0 or less, or a total of $1,000 or more"

[[kpis]]
label = "In Manhattan"
column = "manhattan_percent"
aggregate = "first"

[[kpis]]
label = "In the ten busiest zones"
column = "top_ten_percent"
aggregate = "first"

[[charts]]
kind = "map"
title = "Zones"
x = "longitude"
y = ["latitude"]
value = "value"
label = "zone"
why = "A symbol at the middle of each zone: the larger, the more of the chosen measure."

[[charts]]
kind = "ranked"
title = "The zones at the top"
x = "zone_id"
y = ["value"]
label = "zone"
why = "Symbols are hard to compare; bars are not."

[[example]]
parameters = { startDate = "2015-06-01", endDate = "2015-06-30", end = "pickup", measure = "trips" }
minimumRows = 50
maximumRows = 264
value = { column = "manhattan_percent", equals = 90, tolerance = 5 }

[[example]]
parameters = { startDate = "2015-06-01", endDate = "2015-06-30", end = "dropoff", measure = "trips_per_square_mile" }
minimumRows = 50
maximumRows = 264
value = { column = "borough", where = { zone_id = 132 }, equals = "Queens" }
*/
with by_zone as (
    select
        case
            when :end::varchar = 'pickup' and valid_zone then pulocationid
            when :end::varchar = 'dropoff' and valid_dropoff_zone then dolocationid
        end as zone_id,
        sum(trips)::bigint as trips,
        sum(fare_trips)::bigint as fare_trips,
        sum(fare_amount)::float8 as fares,
        sum(card_fare_trips)::bigint as card_trips,
        coalesce(sum(card_tip_amount), 0)::float8 as tips
    from trips_by_day_journey
    where pickup_day >= :startDate::date
        and pickup_day < :endDate::date + 1
    group by 1
),

-- Figures are rounded as decimals.
zones as (
    select
        b.zone_id::int as zone_id,
        coalesce(z.zone, 'Unknown') as zone,
        coalesce(z.borough, 'Unknown') as borough,
        z.longitude,
        z.latitude,
        b.trips,
        b.trips - b.fare_trips as without_fare,
        round((b.trips / z.square_miles)::decimal(18, 8), 1)::float8 as trips_per_square_mile,
        round((b.fares / nullif(b.fare_trips, 0))::decimal(18, 8), 2)::decimal(9, 2) as mean_fare,
        round((b.tips / nullif(b.card_trips, 0))::decimal(18, 8), 2)::decimal(9, 2) as mean_tip
    from by_zone b
    left join taxi_zones z on z.locationid = b.zone_id
),

busiest as (
    select
        trips,
        row_number() over (order by trips desc, zone_id) as place
    from zones
    where zone_id is not null
),

all_trips as (
    select
        sum(trips)::bigint as trips,
        sum(without_fare)::bigint as without_fare,
        sum(case when zone_id is null then trips else 0 end)::bigint as without_zone,
        sum(case when borough = 'Manhattan' then trips else 0 end)::bigint as in_manhattan
    from zones
),

top_ten as (
    select coalesce(sum(trips), 0) as trips
    from busiest
    where place <= 10
),

counted_again as (
    select count(*) as trips
    from trips
    where tpep_pickup_datetime >= :startDate::date
        and tpep_pickup_datetime < :endDate::date + 1
)

select
    z.zone_id,
    z.zone,
    z.borough,
    z.longitude,
    z.latitude,
    z.trips,
    round((100 * z.trips::float8 / a.trips)::decimal(18, 8), 1)::float8 as share_percent,
    z.trips_per_square_mile,
    z.mean_fare,
    z.mean_tip,
    case :measure::varchar
        when 'trips' then z.trips::float8
        when 'fare' then z.mean_fare::float8
        when 'tip' then z.mean_tip::float8
        else z.trips_per_square_mile
    end as value,
    case :measure::varchar
        when 'fare' then '$'
        when 'tip' then '$'
        else ''
    end as unit,
    round((100 * a.in_manhattan::float8 / a.trips)::decimal(18, 8), 1)::float8 as manhattan_percent,
    round((100 * t.trips::float8 / a.trips)::decimal(18, 8), 1)::float8 as top_ten_percent,
    c.trips as control_trips,
    a.without_zone,
    a.without_fare
from zones z
cross join all_trips a
cross join top_ten t
cross join counted_again c
order by value desc nulls last, z.zone_id nulls last
