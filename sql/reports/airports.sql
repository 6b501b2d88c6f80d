/*
title = "Airports"
question = "What share of trips goes to and from the airports?"
maintainer = "data-team"
usualSeconds = 2
deadlineSeconds = 60
maximumRows = 200
notes = [
    "Between JFK and Manhattan the fare is flat, $52, so a longer way there costs no more.",
    "Hardly any trip begins at Newark: New York's taxis may take riders there but seldom bring any back.",
    "A trip from one airport to another is counted in the rows of both; the share of all trips counts it once.",
    "The hour is that of the pickup, also for trips to an airport.",
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
name = "airport"
label = "Airport"
type = "choice"
required = false
default = "All"
choices = [
    { value = "All", label = "All three" },
    { value = "JFK", label = "JFK" },
    { value = "LaGuardia", label = "LaGuardia" },
    { value = "Newark", label = "Newark" },
]

[[parameters]]
name = "direction"
label = "Direction"
type = "choice"
required = false
default = "both"
choices = [
    { value = "both", label = "Both" },
    { value = "to", label = "To the airport" },
    { value = "from", label = "From the airport" },
]

[[columns]]
name = "airport"
type = "text"
label = "Airport"
role = "dimension"
format = "text"

[[columns]]
name = "direction"
type = "text"
label = "Direction"
role = "dimension"
format = "text"

[[columns]]
name = "hour"
type = "integer"
label = "Hour of pickup"
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
label = "Share of all trips of that hour"
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
name = "mean_minutes"
type = "double"
label = "Duration per trip"
unit = "min"
role = "measure"
format = "minutes"

[[columns]]
name = "mean_tolls"
type = "decimal"
label = "Tolls per trip"
unit = "$"
role = "measure"
format = "usd"

[[columns]]
name = "share_of_all"
type = "double"
label = "Share of all trips"
unit = "%"
role = "measure"
format = "percent"

[[columns]]
name = "jfk_minutes"
type = "double"
label = "Duration of a JFK trip"
unit = "min"
role = "measure"
format = "minutes"

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
label = "Left out of fares and tolls"
role = "excluded"
format = "integer"
reason = "fare or total of $0 or less, or a total of $1,000 or more"

[[columns]]
name = "without_zone"
type = "integer"
label = "Trips with an unknown place"
role = "excluded"
format = "integer"
reason = "pickup or drop-off zone unknown, so whether it was an airport is not known"

[[kpis]]
label = "Share of all trips"
column = "share_of_all"
aggregate = "first"

[[kpis]]
label = "Duration of a JFK trip"
column = "jfk_minutes"
aggregate = "first"

[[charts]]
kind = "line"
title = "Airport trips by hour of pickup"
x = "hour"
y = ["trips"]
series = "direction"
panels = "airport"
why = "Flights set the hours, and each airport has its own: a small chart for each, a line for each direction."

[[example]]
parameters = { startDate = "2015-06-01", endDate = "2015-06-30", airport = "LaGuardia", direction = "to" }
minimumRows = 12
maximumRows = 24
value = { column = "direction", equals = "To" }

[[example]]
parameters = { startDate = "2015-06-01", endDate = "2015-06-30", airport = "LaGuardia", direction = "both" }
minimumRows = 24
maximumRows = 48
value = { column = "direction", equals = "From" }
*/
-- The TLC's numbers of the airports' zones: 132 is JFK, 138 LaGuardia, 1 Newark.
with airport_trips as (
    select
        pickup_hour::int as hour,
        case from_airport
            when 132 then 'JFK'
            when 138 then 'LaGuardia'
            when 1 then 'Newark'
        end as from_airport,
        case to_airport
            when 132 then 'JFK'
            when 138 then 'LaGuardia'
            when 1 then 'Newark'
        end as to_airport,
        sum(trips)::bigint as trips,
        sum(fare_trips)::bigint as fare_trips,
        sum(fare_amount)::decimal(18, 2) as fares,
        coalesce(sum(tolls_amount), 0)::decimal(18, 2) as tolls,
        sum(duration_trips)::bigint as duration_trips,
        sum(seconds)::bigint as seconds
    from trips_by_hour_airport
    where pickup_day >= :startDate::date
        and pickup_day < :endDate::date + 1
    group by 1, 2, 3
),

chosen as (
    select
        case
            when :direction::varchar <> 'to' and :airport::varchar in ('All', from_airport) then from_airport
        end as picked_up_at,
        case
            when :direction::varchar <> 'from' and :airport::varchar in ('All', to_airport) then to_airport
        end as dropped_off_at,
        hour,
        trips,
        fare_trips,
        fares,
        tolls,
        duration_trips,
        seconds
    from airport_trips
),

both_directions as (
    select
        picked_up_at as airport,
        'From' as direction,
        hour,
        trips,
        fare_trips,
        fares,
        tolls,
        duration_trips,
        seconds
    from chosen
    where picked_up_at is not null
    union all
    select
        dropped_off_at as airport,
        'To' as direction,
        hour,
        trips,
        fare_trips,
        fares,
        tolls,
        duration_trips,
        seconds
    from chosen
    where dropped_off_at is not null
),

by_hour as (
    select
        airport,
        direction,
        hour,
        sum(trips)::bigint as trips,
        sum(fare_trips)::bigint as fare_trips,
        sum(fares)::float8 as fares,
        sum(tolls)::float8 as tolls,
        sum(duration_trips)::bigint as duration_trips,
        sum(seconds)::float8 / 60 as minutes
    from both_directions
    group by 1, 2, 3
),

jfk as (
    select sum(seconds)::float8 / 60 / nullif(sum(duration_trips), 0) as mean_minutes
    from both_directions
    where airport = 'JFK'
),

each_once as (
    select
        sum(trips)::bigint as trips,
        sum(trips - fare_trips)::bigint as without_fare,
        sum(trips - duration_trips)::bigint as without_duration
    from chosen
    where picked_up_at is not null
        or dropped_off_at is not null
),

all_by_hour as (
    select
        pickup_hour::int as hour,
        sum(trips)::bigint as trips
    from trips_by_hour_zone
    where pickup_day >= :startDate::date
        and pickup_day < :endDate::date + 1
    group by 1
),

all_trips as (
    select sum(trips)::bigint as trips
    from all_by_hour
),

without_zone as (
    select sum(trips)::bigint as trips
    from trips_by_day_journey
    where pickup_day >= :startDate::date
        and pickup_day < :endDate::date + 1
        and not (valid_zone and valid_dropoff_zone)
)

-- Figures are rounded as decimals.
select
    b.airport,
    b.direction,
    b.hour,
    b.trips,
    round((100 * b.trips::float8 / h.trips)::decimal(18, 8), 1)::float8 as share_percent,
    round((b.fares / nullif(b.fare_trips, 0))::decimal(18, 8), 2)::decimal(9, 2) as mean_fare,
    round((b.minutes / nullif(b.duration_trips, 0))::decimal(18, 8), 1)::float8 as mean_minutes,
    round((b.tolls / nullif(b.fare_trips, 0))::decimal(18, 8), 2)::decimal(9, 2) as mean_tolls,
    round((100 * o.trips::float8 / a.trips)::decimal(18, 8), 1)::float8 as share_of_all,
    round(j.mean_minutes::decimal(18, 8), 1)::float8 as jfk_minutes,
    o.without_duration,
    o.without_fare,
    coalesce(w.trips, 0) as without_zone
from by_hour b
join all_by_hour h on h.hour = b.hour
cross join all_trips a
cross join each_once o
cross join jfk j
cross join without_zone w
order by b.airport, b.direction, b.hour
