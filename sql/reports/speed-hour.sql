/*
title = "Speed by hour"
question = "When is traffic slow?"
maintainer = "data-team"
usualSeconds = 2
deadlineSeconds = 60
maximumRows = 200
notes = [
    "Speed is all miles divided by all hours, from pickup to drop-off: waiting at lights counts, so a cab that moves is faster than this.",
    "Long trips are faster than short ones, so hours with many airport trips look faster.",
    "The hour is that of the pickup.",
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
name = "borough"
label = "Picked up in"
type = "choice"
required = false
default = "All"
choicesFrom = "boroughs"
help = "Where the trip began."

[[columns]]
name = "weekday"
type = "integer"
label = "Weekday (1 = Monday)"
role = "dimension"
format = "integer"

[[columns]]
name = "weekday_name"
type = "text"
label = "Weekday"
role = "dimension"
format = "text"

[[columns]]
name = "hour"
type = "integer"
label = "Hour of day"
role = "dimension"
format = "integer"

[[columns]]
name = "mph"
type = "double"
label = "Speed"
unit = "mph"
role = "measure"
format = "mph"

[[columns]]
name = "minutes_per_mile"
type = "double"
label = "Minutes per mile"
unit = "min"
role = "measure"

[[columns]]
name = "trips"
type = "integer"
label = "Trips with a believable speed"
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
name = "hours"
type = "double"
label = "Hours under way"
unit = "h"
role = "measure"

[[columns]]
name = "weekdays_mph"
type = "double"
label = "Monday to Friday"
unit = "mph"
role = "measure"
format = "mph"

[[columns]]
name = "weekend_mph"
type = "double"
label = "Saturday and Sunday"
unit = "mph"
role = "measure"
format = "mph"

[[columns]]
name = "control_trips"
type = "integer"
label = "Trips with a believable speed, counted a second time"
role = "control"
format = "integer"

[[columns]]
name = "without_speed"
type = "integer"
label = "Left out"
role = "excluded"
format = "integer"
reason = "faster than 65 mph, 0 or more than 100 miles, or less than 1 or more than 180 minutes"

[[columns]]
name = "without_zone"
type = "integer"
label = "In no borough"
role = "excluded"
format = "integer"
reason = "their pickup zone is unknown, so they cannot be counted in the chosen borough"

[[kpis]]
label = "Slowest hour"
column = "mph"
aggregate = "minimum"
at = ["weekday_name", "hour"]

[[kpis]]
label = "Fastest hour"
column = "mph"
aggregate = "maximum"
at = ["weekday_name", "hour"]

[[kpis]]
label = "Speed over all"
column = "miles"
aggregate = "sum"
per = "hours"
format = "mph"

[[charts]]
kind = "line"
title = "Speed on working days and at weekends"
x = "hour"
y = ["weekdays_mph", "weekend_mph"]
why = "Two lines show when work slows the city down, and by how much."

[[charts]]
kind = "heatmap"
title = "Speed in each hour of the week"
x = "hour"
y = ["weekday_name"]
value = "mph"
why = "168 cells at a glance: where it is slow, and where it is fast."

[[example]]
parameters = { startDate = "2015-06-01", endDate = "2015-06-30", borough = "All" }
rows = 168
value = { column = "weekday_name", where = { weekday = 7, hour = 23 }, equals = "Sunday" }

[[example]]
parameters = { startDate = "2015-06-06", endDate = "2015-06-07", borough = "All" }
rows = 48
total = { column = "weekdays_mph", equals = 0 }

[[example]]
parameters = { startDate = "2015-06-01", endDate = "2015-06-30", borough = "Manhattan" }
minimumRows = 150
maximumRows = 168
value = { column = "weekday_name", equals = "Monday" }
*/
with by_day_and_hour as (
    select
        r.pickup_day,
        r.pickup_hour,
        sum(r.trips)::bigint as trips,
        sum(r.speed_trips)::bigint as speed_trips,
        sum(r.speed_miles)::decimal(18, 2) as miles,
        sum(r.speed_seconds)::bigint as seconds
    from trips_by_hour_zone r
    left join taxi_zones z on z.locationid = r.pulocationid
    where r.pickup_day >= :startDate::date
        and r.pickup_day < :endDate::date + 1
        and (:borough::varchar = 'All' or z.borough = :borough::varchar)
    group by 1, 2
),

by_weekday as (
    select
        case when extract(dow from pickup_day) = 0 then 7 else extract(dow from pickup_day) end as weekday,
        case
            when extract(dow from pickup_day) between 1 and 5 then 'working day'
            else 'weekend'
        end as part_of_week,
        pickup_hour::int as hour,
        sum(speed_trips)::bigint as trips,
        sum(miles)::float8 as miles,
        sum(seconds)::float8 / 3600 as hours
    from by_day_and_hour
    group by 1, 2, 3
),

by_part_of_week as (
    select
        part_of_week,
        hour,
        sum(miles) / sum(hours) as mph
    from by_weekday
    where trips > 0
    group by 1, 2
),

without_speed as (
    select sum(trips - speed_trips)::bigint as trips
    from by_day_and_hour
),

without_zone as (
    select sum(trips)::bigint as trips
    from trips_by_hour_zone
    where pickup_day >= :startDate::date
        and pickup_day < :endDate::date + 1
        and not valid_zone
        and :borough::varchar <> 'All'
),

-- The control total: no other roll-up has speeds by zone, so a borough's trips are counted a second time as those of
-- all vendors (all_trips) less those that began in another borough or in none (elsewhere).
all_trips as (
    select sum(speed_trips)::bigint as trips
    from trips_by_day_vendor
    where pickup_day >= :startDate::date
        and pickup_day < :endDate::date + 1
),

elsewhere as (
    select sum(r.speed_trips)::bigint as trips
    from trips_by_hour_zone r
    left join taxi_zones z on z.locationid = r.pulocationid
    where r.pickup_day >= :startDate::date
        and r.pickup_day < :endDate::date + 1
        and :borough::varchar <> 'All'
        and coalesce(z.borough, 'Unknown') <> :borough::varchar
)

-- Figures are rounded as decimals.
select
    w.weekday,
    case w.weekday
        when 1 then 'Monday'
        when 2 then 'Tuesday'
        when 3 then 'Wednesday'
        when 4 then 'Thursday'
        when 5 then 'Friday'
        when 6 then 'Saturday'
        else 'Sunday'
    end as weekday_name,
    w.hour,
    round((w.miles / w.hours)::decimal(18, 8), 1)::float8 as mph,
    round((60 * w.hours / nullif(w.miles, 0))::decimal(18, 8), 2)::float8 as minutes_per_mile,
    w.trips,
    w.miles,
    round(w.hours::decimal(18, 8), 2)::float8 as hours,
    case when w.part_of_week = 'working day' then round(p.mph::decimal(18, 8), 1)::float8 end as weekdays_mph,
    case when w.part_of_week = 'weekend' then round(p.mph::decimal(18, 8), 1)::float8 end as weekend_mph,
    a.trips - coalesce(e.trips, 0) as control_trips,
    s.trips as without_speed,
    coalesce(n.trips, 0) as without_zone
from by_weekday w
join by_part_of_week p on p.part_of_week = w.part_of_week and p.hour = w.hour
cross join without_speed s
cross join without_zone n
cross join all_trips a
cross join elsewhere e
where w.trips > 0
order by w.weekday, w.hour
