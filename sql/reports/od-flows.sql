/*
title = "Journeys"
question = "Which journeys are commonest?"
maintainer = "data-team"
usualSeconds = 2
deadlineSeconds = 60
maximumRows = 101
notes = [
    "Only trips with both zones known are counted. The last row adds up all journeys that are not listed.",
    "A journey within one zone is often an error: the meter kept one position for both ends.",
    "Some zones share a name (Corona, the harbor islands): their number tells them apart.",
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
name = "level"
label = "From and to"
type = "choice"
required = false
default = "borough"
choices = [
    { value = "borough", label = "Boroughs" },
    { value = "zone", label = "Zones" },
]
help = "Newark Airport lies in no borough and is shown as EWR."

[[parameters]]
name = "top"
label = "How many journeys"
type = "integer"
required = false
default = 25
minimum = 10
maximum = 100
help = "All others are added up in one more row."

[[columns]]
name = "rank"
type = "integer"
label = "Rank by trips"
role = "dimension"
format = "integer"

[[columns]]
name = "origin"
type = "text"
label = "From"
role = "dimension"
format = "text"

[[columns]]
name = "destination"
type = "text"
label = "To"
role = "dimension"
format = "text"

[[columns]]
name = "journey"
type = "text"
label = "Journey"
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
label = "Share of trips with both zones known"
unit = "%"
role = "measure"
format = "percent"

[[columns]]
name = "mean_minutes"
type = "double"
label = "Duration per trip"
unit = "min"
role = "measure"
format = "minutes"

[[columns]]
name = "mean_fare"
type = "decimal"
label = "Fare per trip"
unit = "$"
role = "measure"
format = "usd"

[[columns]]
name = "covered_percent"
type = "double"
label = "Share of trips that the list covers"
unit = "%"
role = "measure"
format = "percent"

[[columns]]
name = "control_trips"
type = "integer"
label = "Trips with both zones known, counted a second time"
role = "control"
format = "integer"

[[columns]]
name = "without_zone"
type = "integer"
label = "Trips with an unknown place"
role = "excluded"
format = "integer"
reason = "pickup or drop-off zone unknown or outside the city"

[[columns]]
name = "without_duration"
type = "integer"
label = "Left out of durations"
role = "excluded"
format = "integer"
reason = "less than 1 or more than 180 minutes"

[[columns]]
name = "without_fare"
type = "integer"
label = "Left out of fares"
role = "excluded"
format = "integer"
reason = "fare or total of $0 or less, or a total of $1,000 or more"

[[kpis]]
label = "Share of trips that the list covers"
column = "covered_percent"
aggregate = "first"

[[kpis]]
label = "Trips of the commonest journey"
column = "trips"
aggregate = "first"

[[charts]]
kind = "ranked"
title = "The commonest journeys"
x = "rank"
y = ["trips"]
label = "journey"
why = "Horizontal bars leave room for two names, and show how fast the numbers fall. A grid of boroughs would be one dark cell among pale ones, because most trips begin and end in Manhattan."

[[example]]
parameters = { startDate = "2015-06-01", endDate = "2015-06-30", level = "borough", top = 10 }
rows = 11
value = { column = "journey", equals = "Manhattan to Manhattan" }
total = { column = "share_percent", equals = 100, tolerance = 0.6 }

[[example]]
parameters = { startDate = "2015-06-01", endDate = "2015-06-30", level = "zone", top = 100 }
rows = 101
value = { column = "journey", where = { origin = "All other" }, equals = "All other journeys" }
*/
with places as (
    select
        locationid,
        case
            when :level::varchar = 'borough' then borough
            when count(*) over (partition by zone) > 1 then zone || ' (' || locationid::varchar(3) || ')'
            else zone
        end as place,
        case when :level::varchar = 'zone' then locationid end as zone_id
    from taxi_zones
),

by_zones as (
    select
        pulocationid,
        dolocationid,
        sum(trips)::bigint as trips,
        sum(fare_trips)::bigint as fare_trips,
        sum(fare_amount)::decimal(18, 2) as fares,
        sum(duration_trips)::bigint as duration_trips,
        sum(seconds)::bigint as seconds
    from trips_by_day_journey
    where pickup_day >= :startDate::date
        and pickup_day < :endDate::date + 1
        and valid_zone
        and valid_dropoff_zone
    group by 1, 2
),

journeys as (
    select
        o.place as origin,
        d.place as destination,
        o.zone_id as origin_id,
        d.zone_id as destination_id,
        sum(b.trips)::bigint as trips,
        sum(b.fare_trips)::bigint as fare_trips,
        sum(b.fares)::decimal(18, 2) as fares,
        sum(b.duration_trips)::bigint as duration_trips,
        sum(b.seconds)::bigint as seconds
    from by_zones b
    join places o on o.locationid = b.pulocationid
    join places d on d.locationid = b.dolocationid
    group by 1, 2, 3, 4
),

ranked as (
    select
        row_number() over (order by trips desc, origin_id, destination_id, origin, destination) as place,
        origin,
        destination,
        trips,
        fare_trips,
        fares,
        duration_trips,
        seconds
    from journeys
),

listed as (
    select
        case when place <= :top::int then place end as rank,
        case when place <= :top::int then origin else 'All other' end as origin,
        case when place <= :top::int then destination else 'All other' end as destination,
        sum(trips)::bigint as trips,
        sum(fare_trips)::bigint as fare_trips,
        sum(fares)::float8 as fares,
        sum(duration_trips)::bigint as duration_trips,
        sum(seconds)::float8 / 60 as minutes
    from ranked
    group by 1, 2, 3
),

shares as (
    select
        l.*,
        (sum(trips) over ())::bigint as known_trips,
        (sum(case when rank is null then 0 else trips end) over ())::bigint as listed_trips,
        (sum(trips - fare_trips) over ())::bigint as without_fare,
        (sum(trips - duration_trips) over ())::bigint as without_duration
    from listed l
),

all_trips as (
    select sum(trips)::bigint as trips
    from trips_by_day_vendor
    where pickup_day >= :startDate::date
        and pickup_day < :endDate::date + 1
),

counted_again as (
    select sum(journey_trips)::bigint as trips
    from trips_by_day_vendor
    where pickup_day >= :startDate::date
        and pickup_day < :endDate::date + 1
)

-- Figures are rounded as decimals.
select
    s.rank,
    s.origin,
    s.destination,
    case when s.rank is null then 'All other journeys' else s.origin || ' to ' || s.destination end as journey,
    s.trips,
    round((100 * s.trips::float8 / s.known_trips)::decimal(18, 8), 1)::float8 as share_percent,
    round((s.minutes / nullif(s.duration_trips, 0))::decimal(18, 8), 1)::float8 as mean_minutes,
    round((s.fares / nullif(s.fare_trips, 0))::decimal(18, 8), 2)::decimal(9, 2) as mean_fare,
    round((100 * s.listed_trips::float8 / s.known_trips)::decimal(18, 8), 1)::float8 as covered_percent,
    c.trips as control_trips,
    a.trips - s.known_trips as without_zone,
    s.without_duration,
    s.without_fare
from shares s
cross join all_trips a
cross join counted_again c
order by s.rank nulls last
