/*
title = "Unusual days"
question = "Which days stood out, and why?"
maintainer = "data-team"
usualSeconds = 2
deadlineSeconds = 60
maximumRows = 366
wholeYear = "what is normal for a day is read from the weeks around it, which may lie outside the asked days"
notes = [
    "Normal is the median of the same weekday in the four weeks before and the four weeks after.",
    "The weather is shown beside the days and explains none of them: over the year rain changes the number of trips by about one per cent.",
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
name = "threshold"
label = "Stands out from (%)"
type = "integer"
required = false
default = "15"
minimum = "10"
maximum = "50"
help = "A day that is so many per cent above or below normal is named on the chart."

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
name = "normal"
type = "double"
label = "Normal"
role = "measure"
format = "integer"

[[columns]]
name = "difference_percent"
type = "double"
label = "Above or below normal"
unit = "%"
role = "measure"
format = "percent"

[[columns]]
name = "flagged"
type = "integer"
label = "Stands out"
role = "measure"
format = "integer"

[[columns]]
name = "event"
type = "text"
label = "Event"
role = "dimension"
format = "text"

[[columns]]
name = "rain_inches"
type = "double"
label = "Rain"
unit = "in"
role = "measure"

[[columns]]
name = "snow_inches"
type = "double"
label = "Snow"
unit = "in"
role = "measure"

[[columns]]
name = "highest_f"
type = "integer"
label = "Warmest"
unit = "°F"
role = "measure"
format = "integer"

[[columns]]
name = "note"
type = "text"
label = "Event or weekday"
role = "dimension"
format = "text"

[[columns]]
name = "control_trips"
type = "integer"
label = "Trips, counted a second time"
role = "control"
format = "integer"

[[kpis]]
label = "Days that stood out"
column = "flagged"
aggregate = "sum"

[[kpis]]
label = "Lowest"
column = "difference_percent"
aggregate = "minimum"
at = ["pickup_date"]

[[kpis]]
label = "Highest"
column = "difference_percent"
aggregate = "maximum"
at = ["pickup_date"]

[[charts]]
kind = "bar"
title = "Trips above or below normal"
x = "pickup_date"
y = ["difference_percent"]
label = "note"
why = "A bar that leaves the line is a day that needs a reason."

[[example]]
parameters = { startDate = "2015-01-01", endDate = "2015-01-31" }
rows = 31
value = { column = "flagged", equals = 1, where = { pickup_date = "2015-01-27" } }
*/
with days as (
    select
        c.day,
        c.event,
        c.rain_inches,
        c.snow_inches,
        c.highest_f,
        coalesce(sum(r.trips), 0)::bigint as trips
    from calendar c
    left join trips_by_day_vendor r on r.pickup_day = c.day
    group by 1, 2, 3, 4, 5
),

normals as (
    select
        d.day,
        percentile_cont(0.5) within group (order by n.trips::float8) as normal
    from days d
    join days n
        on n.day between d.day - 28 and d.day + 28
        and n.day <> d.day
        and extract(dow from n.day) = extract(dow from d.day)
    where d.day >= :startDate::date
        and d.day < :endDate::date + 1
    group by 1
),

compared as (
    select
        d.*,
        n.normal,
        round((100 * (d.trips - n.normal) / nullif(n.normal, 0))::decimal(18, 8), 1)::float8 as difference_percent
    from days d
    join normals n on n.day = d.day
),

counted_again as (
    select count(*) as trips
    from trips
    where tpep_pickup_datetime >= :startDate::date
        and tpep_pickup_datetime < :endDate::date + 1
)

-- Figures are rounded as decimals.
select
    d.day as pickup_date,
    d.trips,
    d.normal,
    d.difference_percent,
    case when abs(d.difference_percent) >= :threshold::int then 1 else 0 end as flagged,
    d.event,
    d.rain_inches,
    d.snow_inches,
    d.highest_f::int as highest_f,
    case
        when abs(d.difference_percent) < :threshold::int then null
        when d.event is not null then d.event
        when extract(dow from d.day) = 0 then 'Sunday'
        when extract(dow from d.day) = 1 then 'Monday'
        when extract(dow from d.day) = 2 then 'Tuesday'
        when extract(dow from d.day) = 3 then 'Wednesday'
        when extract(dow from d.day) = 4 then 'Thursday'
        when extract(dow from d.day) = 5 then 'Friday'
        else 'Saturday'
    end as note,
    c.trips as control_trips
from compared d
cross join counted_again c
order by d.day
