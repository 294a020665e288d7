-- Whom a call-back rings, and when, as it was set at the desk: the latest holds, on all nodes. Without a ladder it is what each
-- node was started with.

CREATE TABLE ring_plan (
    number               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ladder               text CHECK (length(ladder) BETWEEN 1 AND 4000),
    language_first_secs  integer CHECK (language_first_secs BETWEEN 0 AND 600),
    who                  text NOT NULL,
    at                   timestamptz NOT NULL DEFAULT clock_timestamp(),
    reason               text NOT NULL CHECK (length(reason) BETWEEN 1 AND 300),
    CONSTRAINT whole CHECK ((ladder IS NULL) = (language_first_secs IS NULL))
);

-- By which plan each node last had its call-backs looked at: with another one, the times of their next looks are void.
CREATE TABLE ring_plan_of_node (
    node                 text PRIMARY KEY,
    ladder               text NOT NULL,
    language_first_secs  integer NOT NULL
);

CREATE FUNCTION tell_of_ring_plan() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('hotline_plan', '');
    RETURN NULL;
END $$;

CREATE TRIGGER told_of AFTER INSERT ON ring_plan FOR EACH STATEMENT EXECUTE FUNCTION tell_of_ring_plan();
