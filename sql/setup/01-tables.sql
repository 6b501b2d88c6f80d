-- The warehouse's tables. One text for Redshift and for the laptop's stand-in, which leaves out keys and styles.
-- Types: money as DECIMAL, so that sums are exact; codes as SMALLINT; distances as DOUBLE PRECISION.
-- Redshift chooses column encodings by itself as long as no column names one (AWS: Redshift, "Compression encodings").

-- One row is one trip, in the columns of the TLC's Parquet files of today: zones instead of coordinates.
-- Every report filters by pickup time, so that is the sort key: blocks outside the range are not read.
create table if not exists nyc_yellow_taxi (
    vendorid smallint,
    tpep_pickup_datetime timestamp,
    tpep_dropoff_datetime timestamp,
    passenger_count smallint,
    trip_distance double precision,
    ratecodeid smallint,
    store_and_fwd_flag varchar(1),
    pulocationid smallint,
    dolocationid smallint,
    payment_type smallint,
    fare_amount decimal(9, 2),
    extra decimal(9, 2),
    mta_tax decimal(9, 2),
    tip_amount decimal(9, 2),
    tolls_amount decimal(9, 2),
    improvement_surcharge decimal(9, 2),
    total_amount decimal(9, 2),
    congestion_surcharge double precision,
    airport_fee double precision
)
diststyle even
sortkey (tpep_pickup_datetime);

-- The 265 zones that pickups and drop-offs name. Small and joined everywhere: a copy on each node.
create table if not exists taxi_zones (
    locationid smallint not null,
    zone varchar(64) not null,
    borough varchar(16) not null,
    service_zone varchar(16) not null,
    longitude double precision,
    latitude double precision,
    square_miles double precision
)
diststyle all;

-- What each day of 2015 was: published_trips is the number of trips that the TLC published for it.
-- rain_inches holds melted snow too; snow_inches is what fell that day.
create table if not exists calendar (
    day date not null,
    event varchar(64),
    rain_inches double precision,
    snow_inches double precision,
    highest_f smallint,
    published_trips integer
)
diststyle all
sortkey (day);
