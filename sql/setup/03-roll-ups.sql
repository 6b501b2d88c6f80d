-- Sums that are made once, for reports that would have to add up the whole year: one row for each hour of a day,
-- pickup zone and way of paying. Redshift keeps it current by itself; the laptop makes it when data are loaded.
-- A materialized view cannot read a view (AWS: Redshift, "Materialized views in Amazon Redshift", limitations):
-- {{trips}} stands for the query of 02-trips-view.sql, so that the rules are written once all the same.
-- trips counts every trip; each sum counts the trips that its rule believes, and their number stands beside it.
-- Miles are added as hundredths, the precision of the published records, so that sums are exact in any order.
drop materialized view if exists trips_by_hour_zone;

create materialized view trips_by_hour_zone
sortkey (pickup_day)
auto refresh yes
as
select
    tpep_pickup_datetime::date as pickup_day,
    extract(hour from tpep_pickup_datetime)::smallint as pickup_hour,
    pulocationid,
    valid_zone,
    payment_type,
    count(*) as trips,
    sum(case when valid_fare then 1 else 0 end)::bigint as fare_trips,
    sum(case when valid_fare then fare_amount else 0 end)::decimal(18, 2) as fare_amount,
    sum(case when valid_fare then extra else 0 end)::decimal(18, 2) as extra,
    sum(case when valid_fare then mta_tax else 0 end)::decimal(18, 2) as mta_tax,
    sum(case when valid_fare then tip_amount else 0 end)::decimal(18, 2) as tip_amount,
    sum(case when valid_fare then tolls_amount else 0 end)::decimal(18, 2) as tolls_amount,
    sum(case when valid_fare then improvement_surcharge else 0 end)::decimal(18, 2) as improvement_surcharge,
    sum(case when valid_fare then total_amount else 0 end)::decimal(18, 2) as total_amount,
    sum(case when valid_distance then 1 else 0 end)::bigint as distance_trips,
    sum(case when valid_distance then trip_distance::decimal(9, 2) else 0 end)::decimal(18, 2) as miles,
    sum(case when valid_duration then 1 else 0 end)::bigint as duration_trips,
    sum(case when valid_duration then duration_seconds else 0 end)::bigint as seconds,
    sum(case when valid_speed then 1 else 0 end)::bigint as speed_trips,
    sum(case when valid_speed then trip_distance::decimal(9, 2) else 0 end)::decimal(18, 2) as speed_miles,
    sum(case when valid_speed then duration_seconds else 0 end)::bigint as speed_seconds
from ({{trips}}) as trips
group by 1, 2, 3, 4, 5;
