/*
title = "List of trips"
question = "Which trips were there?"
maintainer = "data-team"
usualSeconds = 3
deadlineSeconds = 120
maximumRows = 100000
maximumDays = 7
notes = [
    "Every trip as it was recorded, odd ones too; no rule leaves any out.",
    "One week of the whole year has millions of trips: the first 100,000 are shown. Choose one day and one zone for a whole list.",
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
default = "2015-06-07"
minimum = "2015-01-01"
maximum = "2015-12-31"

[[parameters]]
name = "zone"
label = "Picked up in"
type = "choice"
required = false
default = "All"
choicesFrom = "zones"
help = "The taxi zone where the trip began."

[[columns]]
name = "pickup_at"
type = "timestamp"
label = "Picked up"
role = "dimension"
format = "date"

[[columns]]
name = "dropoff_at"
type = "timestamp"
label = "Dropped off"
role = "dimension"
format = "date"

[[columns]]
name = "pickup_zone"
type = "text"
label = "From"
role = "dimension"
format = "text"

[[columns]]
name = "dropoff_zone"
type = "text"
label = "To"
role = "dimension"
format = "text"

[[columns]]
name = "passengers"
type = "integer"
label = "Passengers"
role = "measure"
format = "integer"

[[columns]]
name = "miles"
type = "double"
label = "Distance"
unit = "mi"
role = "measure"
format = "miles"

[[columns]]
name = "minutes"
type = "double"
label = "Duration"
unit = "min"
role = "measure"
format = "minutes"

[[columns]]
name = "fare"
type = "decimal"
label = "Fare"
unit = "$"
role = "measure"
format = "usd"

[[columns]]
name = "tip"
type = "decimal"
label = "Tip"
unit = "$"
role = "measure"
format = "usd"

[[columns]]
name = "tolls"
type = "decimal"
label = "Tolls"
unit = "$"
role = "measure"
format = "usd"

[[columns]]
name = "total"
type = "decimal"
label = "Paid in all"
unit = "$"
role = "measure"
format = "usd"

[[columns]]
name = "payment"
type = "text"
label = "Paid by"
role = "dimension"
format = "text"

[[kpis]]
label = "Paid in all"
column = "total"
aggregate = "sum"

[[kpis]]
label = "Distance per trip"
column = "miles"
aggregate = "mean"
format = "miles"

[[example]]
parameters = { startDate = "2015-06-01", endDate = "2015-06-01", zone = "132" }
minimumRows = 10
maximumRows = 40000
*/
-- Minutes are rounded as decimals: of doubles, a half may be a little less than a half.
select
    t.tpep_pickup_datetime as pickup_at,
    t.tpep_dropoff_datetime as dropoff_at,
    case when t.valid_zone then p.zone else 'Unknown' end as pickup_zone,
    case when t.valid_dropoff_zone then d.zone else 'Unknown' end as dropoff_zone,
    t.passenger_count::int as passengers,
    t.trip_distance as miles,
    round(t.duration_minutes::decimal(18, 8), 1)::float8 as minutes,
    t.fare_amount as fare,
    t.tip_amount as tip,
    t.tolls_amount as tolls,
    t.total_amount as total,
    case t.payment_type when 1 then 'Card' when 2 then 'Cash' else 'Other' end as payment
from trips t
left join taxi_zones p on p.locationid = t.pulocationid
left join taxi_zones d on d.locationid = t.dolocationid
where t.tpep_pickup_datetime >= :startDate::date
    and t.tpep_pickup_datetime < :endDate::date + 1
    and (:zone::varchar = 'All' or t.pulocationid::varchar = :zone::varchar)
order by
    pickup_at,
    dropoff_at,
    total,
    t.pulocationid,
    t.dolocationid,
    miles,
    fare,
    tip,
    tolls,
    passengers,
    payment
