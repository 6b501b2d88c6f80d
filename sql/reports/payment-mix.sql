/*
title = "Ways of paying"
question = "Is cash giving way?"
maintainer = "data-team"
usualSeconds = 2
deadlineSeconds = 60
maximumRows = 200
notes = [
    "Other means no charge, a dispute, or an unknown way of paying: about 0.6 % of the year's trips.",
    "Weeks begin on Monday. A week with fewer than 7 days was asked for only in part; the change compares whole weeks only.",
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
name = "week_start"
type = "date"
label = "Week from"
role = "dimension"
format = "date"

[[columns]]
name = "days"
type = "integer"
label = "Days asked for"
role = "measure"
format = "integer"

[[columns]]
name = "method"
type = "text"
label = "Paid by"
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
label = "Share of the week's trips"
unit = "%"
role = "measure"
format = "percent"

[[columns]]
name = "card_trips"
type = "integer"
label = "Trips paid by card"
role = "measure"
format = "integer"

[[columns]]
name = "change_points"
type = "double"
label = "Change of the card share, first to last whole week"
unit = "points"
role = "measure"

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
label = "Paid by card"
column = "card_trips"
aggregate = "sum"
per = "trips"
format = "percent"

[[kpis]]
label = "Change of the card share"
column = "change_points"
aggregate = "first"

[[charts]]
kind = "line"
title = "Share of each way of paying"
x = "week_start"
y = ["share_percent"]
series = "method"
why = "Cash gives way where its line falls while the line of cards rises."

[[example]]
parameters = { startDate = "2015-06-01", endDate = "2015-06-28", borough = "All" }
rows = 12
value = { column = "days", where = { week_start = "2015-06-22", method = "Card" }, equals = 7 }
total = { column = "share_percent", equals = 400, tolerance = 0.6 }

[[example]]
parameters = { startDate = "2015-01-01", endDate = "2015-01-06", borough = "All" }
maximumRows = 6
value = { column = "week_start", equals = "2014-12-29" }

[[example]]
parameters = { startDate = "2015-06-01", endDate = "2015-06-07", borough = "Manhattan" }
maximumRows = 3
value = { column = "days", where = { method = "Cash" }, equals = 7 }
*/
with days as (
    select
        day,
        date_trunc('week', day)::date as week_start
    from calendar
    where day >= :startDate::date
        and day < :endDate::date + 1
),

weeks as (
    select
        week_start,
        count(*) as days
    from days
    group by 1
),

paid as (
    select
        d.week_start,
        case r.payment_type when 1 then 'Card' when 2 then 'Cash' else 'Other' end as method,
        sum(r.trips)::bigint as trips
    from trips_by_hour_zone r
    join days d on d.day = r.pickup_day
    left join taxi_zones z on z.locationid = r.pulocationid
    where r.pickup_day >= :startDate::date
        and r.pickup_day < :endDate::date + 1
        and (:borough::varchar = 'All' or z.borough = :borough::varchar)
    group by 1, 2
),

whole_weeks as (
    select
        p.week_start,
        sum(case when p.method = 'Card' then p.trips else 0 end)::float8 / sum(p.trips) as card_share
    from paid p
    join weeks w on w.week_start = p.week_start
    where w.days = 7
    group by 1
),

first_and_last as (
    select
        min(week_start) as first_week,
        max(week_start) as last_week
    from whole_weeks
),

change as (
    select 100 * (l.card_share - f.card_share) as points
    from first_and_last b
    join whole_weeks f on f.week_start = b.first_week
    join whole_weeks l on l.week_start = b.last_week
    where b.first_week < b.last_week
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
    p.week_start,
    w.days,
    p.method,
    p.trips,
    round((100 * p.trips::float8 / (sum(p.trips) over (partition by p.week_start))::bigint)::decimal(18, 8), 1)::float8
        as share_percent,
    case when p.method = 'Card' then p.trips else 0 end as card_trips,
    round(g.points::decimal(18, 8), 1)::float8 as change_points,
    c.trips as control_trips,
    coalesce(n.trips, 0) as without_zone
from paid p
join weeks w on w.week_start = p.week_start
left join change g on true
cross join without_zone n
cross join counted_again c
order by p.week_start, p.method
