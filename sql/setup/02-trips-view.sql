-- What reports read: every trip as it came, and whether each of its measures can be believed.
-- A rule is a column, written here once, and true or false, never NULL: a report counts what it leaves out.
--   valid_distance     DIST   0 < miles <= 100
--   valid_duration     DUR    1 <= minutes <= 180
--   valid_fare         FARE   a fare above $0, and a total above $0 and below $1,000
--   valid_speed        SPEED  both distance and duration hold, and at most 65 miles per hour
--   valid_zone         ZONE   the pickup zone is known: 264 and 265 mean "unknown" and "outside the city"
--   valid_dropoff_zone        the same for the drop-off
-- duration_seconds and duration_minutes are NULL when one of the two times is.
-- The laptop runs this query once, when trips are loaded, and keeps its answer as the table checked_trips; Redshift
-- runs it with each question.
create or replace view checked_trips as
select
    checked.*,
    case
        when valid_distance and valid_duration and trip_distance * 3600 <= 65 * duration_seconds then true
        else false
    end as valid_speed
from (
    select
        timed.*,
        case when trip_distance > 0 and trip_distance <= 100 then true else false end as valid_distance,
        case when duration_seconds >= 60 and duration_seconds <= 180 * 60 then true else false end as valid_duration,
        case
            when fare_amount > 0 and total_amount > 0 and total_amount < 1000 then true
            else false
        end as valid_fare,
        case when pulocationid between 1 and 263 then true else false end as valid_zone,
        case when dolocationid between 1 and 263 then true else false end as valid_dropoff_zone
    from (
        select
            nyc_yellow_taxi.*,
            datediff(second, tpep_pickup_datetime, tpep_dropoff_datetime) as duration_seconds
        from nyc_yellow_taxi
    ) as timed
) as checked;

create or replace view trips as
select
    checked_trips.*,
    duration_seconds::float8 / 60 as duration_minutes
from checked_trips;
