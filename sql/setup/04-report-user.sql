-- The database user that reports run as. Redshift makes it from the execution role that calls the Data API
-- (AWS: Redshift Management Guide, "Database user names of IAM identities"); made beforehand, it has its rights and
-- its time limit from the first statement on. Deploying fills in:
--   {{StatementRoleName}}     the stack's output of that name
--   {{DeadlineMilliseconds}}  what the pipeline allows a query, QUERY_DEADLINE_SECONDS, in milliseconds
-- It reads what reports read and nothing else: the view, not the table behind it.
-- [UNC] On a real workgroup it is still to be confirmed that a role's user can be made before its first call, and
-- that its statement_timeout holds for statements of the Data API.
create user "IAMR:{{StatementRoleName}}" password disable;

alter user "IAMR:{{StatementRoleName}}" set statement_timeout to {{DeadlineMilliseconds}};

grant usage on schema public to "IAMR:{{StatementRoleName}}";

grant select on trips, taxi_zones, calendar to "IAMR:{{StatementRoleName}}";
