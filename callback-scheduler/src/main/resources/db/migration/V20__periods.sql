-- What callers confide is sealed under keys that are destroyed. In which period we are, and so under which key is sealed now, all
-- nodes read here; the keys themselves are never in the database, nor in a backup of it. Period 0 is what older releases sealed.
CREATE TABLE callback_period (
    one          boolean PRIMARY KEY DEFAULT true CHECK (one),
    period       integer NOT NULL CHECK (period >= 0),
    begun_at     timestamptz NOT NULL,
    fingerprint  bytea NOT NULL DEFAULT ''
);

INSERT INTO callback_period (period, begun_at) VALUES (0, '-infinity');

-- A node that joins asks the others for the keys. The answer opens with a key that is in its memory alone.
CREATE TABLE key_wish (
    id          uuid PRIMARY KEY,
    public_key  bytea NOT NULL,
    answer      bytea,
    wished_at   timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- The period in which number and name were sealed last.
ALTER TABLE callback ADD COLUMN period integer NOT NULL DEFAULT 0;
CREATE INDEX callback_by_period ON callback (period) WHERE number_sealed IS NOT NULL;
