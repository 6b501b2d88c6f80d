-- Loads a year of trips, the zones and the calendar from S3: the TLC's files or the synthetic ones, as `make data-export`
-- writes them. It can be run again: readers of the trips see the old rows until the commit, those of the roll-ups
-- until the refresh right after it. Filled in:
--   {{DataUrl}}   where the exported folder was uploaded, for example s3://a-bucket/nyc-taxi
--   {{LoadRole}}  the ARN of a role that may read it
-- COPY from Parquet takes columns by position and refuses INT64 into SMALLINT and DOUBLE into DECIMAL (AWS: Redshift
-- Database Developer Guide, "COPY from columnar data formats"): the rows land in wide columns first and are cast from there.
-- The TLC's own files give their last two columns no type at all, which no warehouse takes [UNC]: the export gives
-- them one.
create table if not exists trips_as_copied (
    vendorid bigint,
    tpep_pickup_datetime timestamp,
    tpep_dropoff_datetime timestamp,
    passenger_count bigint,
    trip_distance double precision,
    ratecodeid bigint,
    store_and_fwd_flag varchar(1),
    pulocationid bigint,
    dolocationid bigint,
    payment_type bigint,
    fare_amount double precision,
    extra double precision,
    mta_tax double precision,
    tip_amount double precision,
    tolls_amount double precision,
    improvement_surcharge double precision,
    total_amount double precision,
    congestion_surcharge double precision,
    airport_fee double precision
)
diststyle even;

begin;

delete from trips_as_copied;

copy trips_as_copied (
    vendorid, tpep_pickup_datetime, tpep_dropoff_datetime, passenger_count, trip_distance, ratecodeid,
    store_and_fwd_flag, pulocationid, dolocationid, payment_type, fare_amount, extra, mta_tax, tip_amount,
    tolls_amount, improvement_surcharge, total_amount, congestion_surcharge, airport_fee
)
from '{{DataUrl}}/trips/'
iam_role '{{LoadRole}}'
format as parquet;

delete from nyc_yellow_taxi;

insert into nyc_yellow_taxi
select
    vendorid::smallint,
    tpep_pickup_datetime,
    tpep_dropoff_datetime,
    passenger_count::smallint,
    trip_distance,
    ratecodeid::smallint,
    store_and_fwd_flag,
    pulocationid::smallint,
    dolocationid::smallint,
    payment_type::smallint,
    fare_amount::decimal(9, 2),
    extra::decimal(9, 2),
    mta_tax::decimal(9, 2),
    tip_amount::decimal(9, 2),
    tolls_amount::decimal(9, 2),
    improvement_surcharge::decimal(9, 2),
    total_amount::decimal(9, 2),
    congestion_surcharge,
    airport_fee
from trips_as_copied
order by tpep_pickup_datetime;

delete from taxi_zones;

copy taxi_zones (locationid, zone, borough, service_zone, longitude, latitude, square_miles)
from '{{DataUrl}}/taxi_zones.csv'
iam_role '{{LoadRole}}'
format as csv
ignoreheader 1
emptyasnull;

delete from calendar;

copy calendar (day, event, rain_inches, snow_inches, highest_f, published_trips)
from '{{DataUrl}}/calendar.csv'
iam_role '{{LoadRole}}'
format as csv
ignoreheader 1
emptyasnull;

commit;

refresh materialized view trips_by_hour_zone;

refresh materialized view trips_by_day_journey;

refresh materialized view trips_by_hour_airport;

refresh materialized view trips_by_day_distance;

refresh materialized view trips_by_day_duration;

refresh materialized view trips_by_day_tip;

refresh materialized view trips_by_day_vendor;

drop table if exists trips_as_copied;

-- A deleted row keeps its place, and rows that come into a table which is not empty stand behind it unsorted, until a
-- vacuum; statistics are those of the old rows until they are taken again (AWS: Redshift Database Developer Guide,
-- "Vacuuming tables", "Analyzing tables"). Last, because a year takes minutes and answers are right without it.
-- No transaction may hold a vacuum: the SQL client must commit each statement by itself.
vacuum full nyc_yellow_taxi;

vacuum full taxi_zones;

vacuum full calendar;

analyze nyc_yellow_taxi;

analyze taxi_zones;

analyze calendar;
