/*
title = "Tips"
question = "How well do riders tip?"
maintainer = "data-team"
usualSeconds = 2
deadlineSeconds = 60
maximumRows = 40
notes = [
    "Tips are recorded for card payments alone: what riders give in cash is not known, and is left empty rather than shown as zero.",
    "A tip is set against the fare without tolls, taxes and extras. Vendor 2's meters offered 20, 25 and 30 % of fare and extras at first; from 20 January to the middle of February they changed over to offering them of more than that.",
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
name = "payment"
type = "text"
label = "Paid by"
role = "dimension"
format = "text"

[[columns]]
name = "tip_band"
type = "text"
label = "Tip, of the fare"
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
label = "Share of trips paid this way"
unit = "%"
role = "measure"
format = "percent"

[[columns]]
name = "tips"
type = "decimal"
label = "Tips"
unit = "$"
role = "measure"
format = "usd"

[[columns]]
name = "fares"
type = "decimal"
label = "Fares"
unit = "$"
role = "measure"
format = "usd"

[[columns]]
name = "tip_percent"
type = "double"
label = "Tip"
unit = "% of the fare"
role = "measure"
format = "percent"

[[columns]]
name = "card_trips"
type = "integer"
label = "Trips paid by card"
role = "measure"
format = "integer"

[[columns]]
name = "no_tip_trips"
type = "integer"
label = "Card trips without a tip"
role = "measure"
format = "integer"

[[columns]]
name = "control_trips"
type = "integer"
label = "Trips, counted a second time"
role = "control"
format = "integer"

[[columns]]
name = "without_fare"
type = "integer"
label = "Left out"
role = "excluded"
format = "integer"
reason = "fare or total of $0 or less, or a total of $1,000 or more"

[[columns]]
name = "without_zone"
type = "integer"
label = "In no borough"
role = "excluded"
format = "integer"
reason = "their pickup zone is unknown, so they cannot be counted in the chosen borough"

[[kpis]]
label = "Tip on card payments"
column = "tips"
aggregate = "sum"
per = "fares"
format = "percent"

[[kpis]]
label = "Tip per card trip"
column = "tips"
aggregate = "sum"
per = "card_trips"
format = "usd"

[[kpis]]
label = "Card trips without a tip"
column = "no_tip_trips"
aggregate = "sum"
per = "card_trips"
format = "percent"

[[charts]]
kind = "bar"
title = "Card trips by tip"
x = "tip_band"
y = ["card_trips"]
why = "The tall bars are what the card machine offers. Cash and other payments have no bar, because nothing is recorded."

[[example]]
parameters = { startDate = "2015-06-01", endDate = "2015-06-30", borough = "All" }
rows = 14
value = { column = "tip_band", where = { payment = "Cash" }, equals = "Not recorded" }
total = { column = "share_percent", equals = 300, tolerance = 0.6 }

[[example]]
parameters = { startDate = "2015-06-01", endDate = "2015-06-30", borough = "Manhattan" }
minimumRows = 5
maximumRows = 14
value = { column = "payment", equals = "Card" }
*/
-- Bands are numbered in their order: 0 has no tip, 1 to 10 have five percent each, 11 all above; 99 is not recorded.
with tipped as (
    select
        case t.payment_type when 1 then 'Card' when 2 then 'Cash' else 'Other' end as payment,
        case
            when t.payment_type <> 1 or t.payment_type is null then 99
            when not t.tipped then 0
            when t.tip_percent >= 50 then 11
            else t.tip_percent / 5 + 1
        end as band_order,
        sum(t.trips)::bigint as trips,
        coalesce(sum(t.tip_amount), 0)::decimal(18, 2) as tips,
        sum(t.fare_amount)::decimal(18, 2) as fares
    from trips_by_day_tip t
    left join taxi_zones z on z.locationid = t.pulocationid
    where t.pickup_day >= :startDate::date
        and t.pickup_day < :endDate::date + 1
        and (:borough::varchar = 'All' or z.borough = :borough::varchar)
    group by 1, 2
),

shares as (
    select
        payment,
        band_order,
        trips,
        trips::float8 / (sum(trips) over (partition by payment))::bigint as share,
        case when payment = 'Card' then trips end as card_trips,
        case when payment = 'Card' then tips end as tips,
        case when payment = 'Card' then fares end as fares
    from tipped
),

counted_again as (
    select
        sum(r.fare_trips)::bigint as with_fare,
        sum(r.trips - r.fare_trips)::bigint as without_fare
    from trips_by_hour_zone r
    left join taxi_zones z on z.locationid = r.pulocationid
    where r.pickup_day >= :startDate::date
        and r.pickup_day < :endDate::date + 1
        and (:borough::varchar = 'All' or z.borough = :borough::varchar)
),

without_zone as (
    select sum(trips)::bigint as trips
    from trips_by_hour_zone
    where pickup_day >= :startDate::date
        and pickup_day < :endDate::date + 1
        and not valid_zone
        and :borough::varchar <> 'All'
)

-- Figures are rounded as decimals.
select
    s.payment,
    case s.band_order
        when 0 then 'No tip'
        when 11 then '50 % and more'
        when 99 then 'Not recorded'
        else (5 * s.band_order - 5)::varchar(2) || ' to ' || (5 * s.band_order)::varchar(2) || ' %'
    end as tip_band,
    s.trips,
    round((100 * s.share)::decimal(18, 8), 1)::float8 as share_percent,
    s.tips,
    s.fares,
    round((100 * s.tips::float8 / s.fares::float8)::decimal(18, 8), 1)::float8 as tip_percent,
    s.card_trips,
    case
        when s.card_trips is null then null
        when s.band_order = 0 then s.trips
        else 0
    end as no_tip_trips,
    c.with_fare as control_trips,
    c.without_fare,
    coalesce(n.trips, 0) as without_zone
from shares s
cross join counted_again c
cross join without_zone n
order by s.payment, s.band_order
