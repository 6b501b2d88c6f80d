/*
title = "Demand by hour and weekday"
question = "When should cars be out?"
maintainer = "data-team"
usualSeconds = 2
deadlineSeconds = 60
maximumRows = 200
notes = [
    "Trips per hour divides by how often that hour of that weekday came in the period.",
    "8 March has no hour from 2:00, and 1 November has the hour from 1:00 twice: the clocks changed.",
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
name = "trips"
type = "integer"
label = "Trips"
role = "measure"
format = "integer"

[[columns]]
name = "trips_per_hour"
type = "double"
label = "Trips per such hour"
role = "measure"
format = "integer"

[[columns]]
name = "control_trips"
type = "integer"
label = "Trips, counted a second time"
role = "control"
format = "integer"

[[columns]]
name = "without_zone"
type = "integer"
label = "In no borough"
role = "excluded"
format = "integer"
reason = "their pickup zone is unknown, so they cannot be counted in the chosen borough"

[[kpis]]
label = "Trips"
column = "trips"
aggregate = "sum"

[[kpis]]
label = "Busiest hour"
column = "trips_per_hour"
aggregate = "maximum"
at = ["weekday_name", "hour"]

[[kpis]]
label = "Quietest hour"
column = "trips_per_hour"
aggregate = "minimum"
at = ["weekday_name", "hour"]

[[charts]]
kind = "heatmap"
title = "Trips per hour of the week"
x = "hour"
y = ["weekday_name"]
value = "trips_per_hour"
why = "168 cells at a glance: those that stand out are when cars are wanted."

[[example]]
parameters = { startDate = "2015-06-01", endDate = "2015-06-30", borough = "All" }
rows = 168
value = { column = "weekday_name", where = { weekday = 1, hour = 8 }, equals = "Monday" }

[[example]]
parameters = { startDate = "2015-06-01", endDate = "2015-06-01", borough = "Manhattan" }
minimumRows = 18
maximumRows = 24
*/
with picked_up as (
    select
        extract(dow from r.pickup_day) as dow,
        r.pickup_hour::int as hour,
        sum(r.trips)::bigint as trips
    from trips_by_hour_zone r
    left join taxi_zones z on z.locationid = r.pulocationid
    where r.pickup_day >= :startDate::date
        and r.pickup_day < :endDate::date + 1
        and (:borough::varchar = 'All' or z.borough = :borough::varchar)
    group by 1, 2
),

days as (
    select
        extract(dow from day) as dow,
        count(*) as days,
        sum(case when day = '2015-03-08'::date then 1 else 0 end) as hours_lost_at_two,
        sum(case when day = '2015-11-01'::date then 1 else 0 end) as hours_won_at_one
    from calendar
    where day >= :startDate::date
        and day < :endDate::date + 1
    group by 1
),

without_zone as (
    select sum(trips)::bigint as trips
    from trips_by_hour_zone
    where pickup_day >= :startDate::date
        and pickup_day < :endDate::date + 1
        and not valid_zone
        and :borough::varchar <> 'All'
),

counted_again as (
    select sum(trips)::bigint as trips
    from (
        select count(*) as trips
        from trips
        where tpep_pickup_datetime >= :startDate::date
            and tpep_pickup_datetime < :endDate::date + 1
            and :borough::varchar = 'All'
        union all
        select sum(j.trips) as trips
        from trips_by_day_journey j
        join taxi_zones z on z.locationid = j.pulocationid
        where j.pickup_day >= :startDate::date
            and j.pickup_day < :endDate::date + 1
            and z.borough = :borough::varchar
    ) as counted
)

-- Figures are rounded as decimals.
select
    case when p.dow = 0 then 7 else p.dow end as weekday,
    case p.dow
        when 1 then 'Monday'
        when 2 then 'Tuesday'
        when 3 then 'Wednesday'
        when 4 then 'Thursday'
        when 5 then 'Friday'
        when 6 then 'Saturday'
        else 'Sunday'
    end as weekday_name,
    p.hour,
    p.trips,
    round(
        (
            p.trips::float8 / nullif(
                d.days
                - case when p.hour = 2 then d.hours_lost_at_two else 0 end
                + case when p.hour = 1 then d.hours_won_at_one else 0 end,
                0
            )
        )::decimal(18, 8),
        1
    )::float8 as trips_per_hour,
    c.trips as control_trips,
    coalesce(w.trips, 0) as without_zone
from picked_up p
join days d on d.dow = p.dow
cross join counted_again c
cross join without_zone w
order by weekday, p.hour
