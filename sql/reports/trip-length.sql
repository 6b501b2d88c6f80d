/*
title = "Length of trips"
question = "How long is a typical trip?"
maintainer = "data-team"
usualSeconds = 2
deadlineSeconds = 60
maximumRows = 70
notes = [
    "Half of the trips are no longer than the median, and nine of ten no longer than the second line.",
    "The last bar holds all longer trips. Vendor 1 rounds to 0.1 mi: bars narrower than 0.5 mi would show its rounding.",
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
name = "measure"
label = "Length in"
type = "choice"
required = false
default = "distance"
choices = [
    { value = "distance", label = "Miles" },
    { value = "duration", label = "Minutes" },
]

[[columns]]
name = "bin_from"
type = "double"
label = "Length from"
unitFrom = "unit"
role = "dimension"

[[columns]]
name = "bin_to"
type = "double"
label = "Length below"
unitFrom = "unit"
role = "dimension"

[[columns]]
name = "bin"
type = "text"
label = "Length"
role = "dimension"
format = "text"

[[columns]]
name = "unit"
type = "text"
label = "Unit"
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
label = "Share of trips"
unit = "%"
role = "measure"

[[columns]]
name = "percentile"
type = "double"
label = "Share up to this length"
unit = "%"
role = "measure"
format = "percent"

[[columns]]
name = "median"
type = "double"
label = "Median"
unitFrom = "unit"
role = "measure"

[[columns]]
name = "p90"
type = "double"
label = "90 % are below"
unitFrom = "unit"
role = "measure"

[[columns]]
name = "mean"
type = "double"
label = "Mean"
unitFrom = "unit"
role = "measure"

[[columns]]
name = "control_trips"
type = "integer"
label = "Trips, counted a second time"
role = "control"
format = "integer"

[[columns]]
name = "without_rule"
type = "integer"
label = "Left out"
role = "excluded"
format = "integer"
reason = "for miles, 0 or more than 100; for minutes, less than 1 or more than 180"

[[kpis]]
label = "Median"
column = "median"
aggregate = "first"

[[kpis]]
label = "90 % are below"
column = "p90"
aggregate = "first"

[[kpis]]
label = "Mean"
column = "mean"
aggregate = "first"

[[charts]]
kind = "histogram"
title = "Trips by length"
x = "bin_from"
y = ["trips"]
label = "bin"
marks = ["median", "p90"]
why = "Most trips are short and a few are very long: the lines show how far the mean would mislead."

[[example]]
parameters = { startDate = "2015-06-01", endDate = "2015-06-30", measure = "distance" }
rows = 51
value = { column = "percentile", where = { bin = "25 mi and more" }, equals = 100 }
total = { column = "share_percent", equals = 100, tolerance = 0.26 }

[[example]]
parameters = { startDate = "2015-06-01", endDate = "2015-06-30", measure = "duration" }
rows = 60
value = { column = "bin", equals = "1 to 2 min" }
total = { column = "share_percent", equals = 100, tolerance = 0.3 }
*/
-- Lengths are counted in whole hundredths of a mile or whole seconds, so that nothing is rounded on the way.
with chosen_unit as (
    select
        case :measure::varchar when 'distance' then 'mi' else 'min' end as unit,
        case :measure::varchar when 'distance' then 100 else 60 end as lengths_in_unit,
        case :measure::varchar when 'distance' then 50 else 60 end as bin_width,
        case :measure::varchar when 'distance' then 50 else 60 end as last_bin
),

lengths as (
    select
        (miles * 100)::int as length,
        sum(trips)::bigint as trips
    from trips_by_day_distance
    where pickup_day >= :startDate::date
        and pickup_day < :endDate::date + 1
        and :measure::varchar = 'distance'
    group by 1
    union all
    select
        seconds as length,
        sum(trips)::bigint as trips
    from trips_by_day_duration
    where pickup_day >= :startDate::date
        and pickup_day < :endDate::date + 1
        and :measure::varchar = 'duration'
    group by 1
),

counted_up as (
    select
        length,
        trips,
        (sum(trips) over (order by length rows between unbounded preceding and current row))::bigint as trips_so_far,
        (sum(trips) over ())::bigint as all_trips
    from lengths
),

typical as (
    select
        sum(trips)::bigint as trips,
        min(case when trips_so_far * 100 >= all_trips * 50 then length end) as median,
        min(case when trips_so_far * 100 >= all_trips * 90 then length end) as p90,
        sum(length * trips)::float8 / sum(trips) as mean
    from counted_up
),

bins as (
    select
        least(l.length / u.bin_width, u.last_bin) as number,
        sum(l.trips)::bigint as trips
    from lengths l
    cross join chosen_unit u
    group by 1
),

bounded as (
    select
        (b.number * u.bin_width)::float8 / u.lengths_in_unit as bin_from,
        case when b.number < u.last_bin then ((b.number + 1) * u.bin_width)::float8 / u.lengths_in_unit end as bin_to,
        b.trips,
        (sum(b.trips) over (order by b.number rows between unbounded preceding and current row))::bigint as trips_so_far
    from bins b
    cross join chosen_unit u
),

all_trips as (
    select
        sum(trips)::bigint as trips,
        sum(case :measure::varchar when 'distance' then distance_trips else duration_trips end)::bigint as with_rule
    from trips_by_day_vendor
    where pickup_day >= :startDate::date
        and pickup_day < :endDate::date + 1
)

-- Figures are rounded as decimals.
select
    b.bin_from,
    b.bin_to,
    case
        when :measure::varchar = 'distance' and b.bin_to is null then '25 mi and more'
        when b.bin_to is null then '60 min and more'
        when :measure::varchar = 'distance'
            then b.bin_from::decimal(4, 1)::varchar(4) || ' to ' || b.bin_to::decimal(4, 1)::varchar(4) || ' mi'
        else b.bin_from::int::varchar(2) || ' to ' || b.bin_to::int::varchar(2) || ' min'
    end as bin,
    u.unit,
    b.trips,
    round((100 * b.trips::float8 / t.trips)::decimal(18, 8), 2)::float8 as share_percent,
    round((100 * b.trips_so_far::float8 / t.trips)::decimal(18, 8), 1)::float8 as percentile,
    round((t.median::float8 / u.lengths_in_unit)::decimal(18, 8), 2)::float8 as median,
    round((t.p90::float8 / u.lengths_in_unit)::decimal(18, 8), 2)::float8 as p90,
    round((t.mean / u.lengths_in_unit)::decimal(18, 8), 2)::float8 as mean,
    a.with_rule as control_trips,
    a.trips - t.trips as without_rule
from bounded b
cross join chosen_unit u
cross join typical t
cross join all_trips a
order by b.bin_from
