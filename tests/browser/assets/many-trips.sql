/*
title = "Many trips"
question = "Do many rows arrive whole?"
maintainer = "data-team"
usualSeconds = 2
deadlineSeconds = 60
maximumRows = 2500

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

[[columns]]
name = "n"
type = "integer"
label = "Number"
role = "dimension"
format = "integer"

[[columns]]
name = "total_amount"
type = "decimal"
label = "Paid"
unit = "$"
role = "measure"
format = "usd"

[[columns]]
name = "known_tip"
type = "decimal"
label = "Tip"
unit = "$"
role = "measure"
format = "usd"
*/
with numbered as (
    select
        row_number() over (order by tpep_pickup_datetime, tpep_dropoff_datetime, total_amount) as n,
        total_amount,
        tip_amount
    from trips
    where tpep_pickup_datetime >= :startDate::date
        and tpep_pickup_datetime < :endDate::date + 1
)

select
    n,
    total_amount,
    case when n % 3 = 0 then null else tip_amount end as known_tip
from numbered
where n <= 2500
order by n
