-- The database user that reports run as. Redshift makes it from the execution role that calls the Data API
-- (AWS: Redshift Management Guide, "Database user names of IAM identities"); made beforehand, it has its rights and
-- its time limit from the first statement on. Deploying fills in:
--   {{StatementRoleName}}     the stack's output of that name
--   {{DeadlineMilliseconds}}  what the pipeline allows a query, QUERY_DEADLINE_SECONDS, in milliseconds
-- It reads what reports read and nothing else: the view and the roll-ups, not the table behind them. It makes nothing
-- that stays either: Redshift lets every user create tables in the schema public until that right is taken from PUBLIC
-- (AWS: Redshift Database Developer Guide, "Schema-based permissions"). That takes it from every user of this database
-- that is no superuser; who is to create tables there needs a grant of his own.
-- Redshift knows no "create user if not exists": a procedure looks first, so that the file can be run again.
-- [UNC] On a real workgroup it is still to be confirmed that a role's user can be made before its first call, by a
-- procedure, and that its statement_timeout holds for statements of the Data API.
create or replace procedure make_report_user()
as $$
begin
    if not exists (select 1 from pg_user where usename = 'IAMR:{{StatementRoleName}}') then
        execute 'create user "IAMR:{{StatementRoleName}}" password disable';
    end if;
end;
$$ language plpgsql;

call make_report_user();

alter user "IAMR:{{StatementRoleName}}" set statement_timeout to {{DeadlineMilliseconds}};

revoke create on schema public from public;

grant usage on schema public to "IAMR:{{StatementRoleName}}";

grant select on trips, trips_by_hour_zone, trips_by_day_journey, trips_by_hour_airport, trips_by_day_distance,
    trips_by_day_duration, trips_by_day_tip, trips_by_day_vendor, taxi_zones, calendar
to "IAMR:{{StatementRoleName}}";
