-- Run 04-report-user.sql again after this file: what is dropped here loses its grants.
-- Sums that are made once, for reports that would have to add up the whole year. Redshift keeps them current by itself;
-- the laptop makes them when data are loaded.
-- A materialized view cannot read a view (AWS: Redshift, "Materialized views in Amazon Redshift", limitations):
-- {{trips}} stands for the query of 02-trips-view.sql, so that the rules are written once all the same.
-- trips counts every trip; each sum counts the trips that its rule believes, and their number stands beside it.
-- Miles are added as hundredths, the precision of the published records, so that sums are exact in any order.

-- One row for each hour of a day, pickup zone and way of paying.
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

-- One row for each day, zone of the pickup and zone of the drop-off. card_ is what was paid by card.
drop materialized view if exists trips_by_day_journey;

create materialized view trips_by_day_journey
sortkey (pickup_day, pulocationid, dolocationid)
auto refresh yes
as
select
    tpep_pickup_datetime::date as pickup_day,
    pulocationid,
    dolocationid,
    valid_zone,
    valid_dropoff_zone,
    count(*) as trips,
    sum(case when valid_fare then 1 else 0 end)::bigint as fare_trips,
    sum(case when valid_fare then fare_amount else 0 end)::decimal(18, 2) as fare_amount,
    sum(case when valid_fare and payment_type = 1 then 1 else 0 end)::bigint as card_fare_trips,
    sum(case when valid_fare and payment_type = 1 then fare_amount else 0 end)::decimal(18, 2) as card_fare_amount,
    sum(case when valid_fare and payment_type = 1 then tip_amount else 0 end)::decimal(18, 2) as card_tip_amount,
    sum(case when valid_duration then 1 else 0 end)::bigint as duration_trips,
    sum(case when valid_duration then duration_seconds else 0 end)::bigint as seconds
from ({{trips}}) as trips
group by 1, 2, 3, 4, 5;

-- The trips that begin or end at an airport: Newark (1), JFK (132) or LaGuardia (138). One row for each hour of a day,
-- airport of the pickup and of the drop-off; NULL is anywhere else.
drop materialized view if exists trips_by_hour_airport;

create materialized view trips_by_hour_airport
sortkey (pickup_day)
auto refresh yes
as
select
    tpep_pickup_datetime::date as pickup_day,
    extract(hour from tpep_pickup_datetime)::smallint as pickup_hour,
    case when pulocationid in (1, 132, 138) then pulocationid end as from_airport,
    case when dolocationid in (1, 132, 138) then dolocationid end as to_airport,
    valid_zone,
    valid_dropoff_zone,
    count(*) as trips,
    sum(case when valid_fare then 1 else 0 end)::bigint as fare_trips,
    sum(case when valid_fare then fare_amount else 0 end)::decimal(18, 2) as fare_amount,
    sum(case when valid_fare then tolls_amount else 0 end)::decimal(18, 2) as tolls_amount,
    sum(case when valid_duration then 1 else 0 end)::bigint as duration_trips,
    sum(case when valid_duration then duration_seconds else 0 end)::bigint as seconds
from ({{trips}}) as trips
where pulocationid in (1, 132, 138) or dolocationid in (1, 132, 138)
group by 1, 2, 3, 4, 5, 6;

-- How many trips of a day were how long: believable distances, each as it was recorded.
drop materialized view if exists trips_by_day_distance;

create materialized view trips_by_day_distance
sortkey (pickup_day)
auto refresh yes
as
select
    tpep_pickup_datetime::date as pickup_day,
    trip_distance::decimal(9, 2) as miles,
    count(*) as trips
from ({{trips}}) as trips
where valid_distance
group by 1, 2;

-- How many trips of a day took how long: believable durations.
drop materialized view if exists trips_by_day_duration;

create materialized view trips_by_day_duration
sortkey (pickup_day)
auto refresh yes
as
select
    tpep_pickup_datetime::date as pickup_day,
    duration_seconds::integer as seconds,
    count(*) as trips
from ({{trips}}) as trips
where valid_duration
group by 1, 2;

-- What riders gave, as whole percents of the fare, by day, pickup zone and way of paying; the trips with a believable
-- fare. Both amounts are counted in cents before they are divided: whole numbers, so that 20 % never becomes 19.
-- 100 is as much as the fare, or more.
drop materialized view if exists trips_by_day_tip;

create materialized view trips_by_day_tip
sortkey (pickup_day)
auto refresh yes
as
select
    tpep_pickup_datetime::date as pickup_day,
    pulocationid,
    valid_zone,
    payment_type,
    case when tip_amount > 0 then true else false end as tipped,
    case
        when tip_amount >= fare_amount then 100
        when tip_amount > 0 then floor((tip_amount * 10000)::float8 / (fare_amount * 100)::float8)
        else 0
    end::smallint as tip_percent,
    count(*) as trips,
    sum(fare_amount)::decimal(18, 2) as fare_amount,
    sum(tip_amount)::decimal(18, 2) as tip_amount
from ({{trips}}) as trips
where valid_fare
group by 1, 2, 3, 4, 5, 6;

-- What the meters of each vendor report, by day and passengers, and how often it looks wrong. believed_trips keep every
-- rule at once. From no_distance_trips on a column counts one oddity, and a trip can be counted by several.
drop materialized view if exists trips_by_day_vendor;

create materialized view trips_by_day_vendor
sortkey (pickup_day)
auto refresh yes
as
select
    tpep_pickup_datetime::date as pickup_day,
    vendorid,
    passenger_count,
    count(*) as trips,
    sum(case when valid_fare then 1 else 0 end)::bigint as fare_trips,
    sum(case when valid_fare then fare_amount else 0 end)::decimal(18, 2) as fare_amount,
    sum(case when valid_fare then total_amount else 0 end)::decimal(18, 2) as total_amount,
    sum(case when valid_fare and payment_type = 1 then 1 else 0 end)::bigint as card_trips,
    sum(case when valid_fare and payment_type = 1 then fare_amount else 0 end)::decimal(18, 2) as card_fare_amount,
    sum(case when valid_fare and payment_type = 1 then tip_amount else 0 end)::decimal(18, 2) as card_tip_amount,
    sum(case when valid_fare and payment_type = 1 and tip_amount > 0 then 1 else 0 end)::bigint as tipped_card_trips,
    sum(case when valid_distance then 1 else 0 end)::bigint as distance_trips,
    sum(case when valid_distance then trip_distance::decimal(9, 2) else 0 end)::decimal(18, 2) as miles,
    sum(case when valid_duration then 1 else 0 end)::bigint as duration_trips,
    sum(case when valid_duration then duration_seconds else 0 end)::bigint as seconds,
    sum(case when valid_speed then 1 else 0 end)::bigint as speed_trips,
    sum(case when valid_speed then trip_distance::decimal(9, 2) else 0 end)::decimal(18, 2) as speed_miles,
    sum(case when valid_speed then duration_seconds else 0 end)::bigint as speed_seconds,
    sum(case when valid_zone then 1 else 0 end)::bigint as zone_trips,
    sum(case when valid_dropoff_zone then 1 else 0 end)::bigint as dropoff_zone_trips,
    sum(case when valid_zone and valid_dropoff_zone then 1 else 0 end)::bigint as journey_trips,
    sum(
        case when valid_fare and valid_speed and valid_zone and valid_dropoff_zone then 1 else 0 end
    )::bigint as believed_trips,
    sum(case when trip_distance > 0 then 0 else 1 end)::bigint as no_distance_trips,
    sum(case when trip_distance > 0 and not valid_distance then 1 else 0 end)::bigint as far_trips,
    sum(case when duration_seconds < 0 then 1 else 0 end)::bigint as backward_trips,
    sum(case when duration_seconds between 0 and 3599 and not valid_duration then 1 else 0 end)::bigint as short_trips,
    sum(case when duration_seconds >= 3600 and not valid_duration then 1 else 0 end)::bigint as long_trips,
    sum(case when duration_seconds >= 23 * 3600 then 1 else 0 end)::bigint as day_long_trips,
    sum(case when valid_distance and valid_duration and not valid_speed then 1 else 0 end)::bigint as fast_trips,
    sum(case when fare_amount = 0 then 1 else 0 end)::bigint as no_fare_trips,
    sum(case when fare_amount < 0 then 1 else 0 end)::bigint as negative_fare_trips,
    sum(case when fare_amount > 0 and not valid_fare then 1 else 0 end)::bigint as odd_total_trips,
    sum(case when ratecodeid between 1 and 6 then 0 else 1 end)::bigint as unknown_rate_trips,
    sum(
        case
            when fare_amount + extra + mta_tax + tip_amount + tolls_amount + improvement_surcharge = total_amount then 0
            else 1
        end
    )::bigint as unequal_total_trips
from ({{trips}}) as trips
group by 1, 2, 3;
