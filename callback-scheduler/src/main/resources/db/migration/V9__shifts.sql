-- When people work. Duty itself is what the responder's row says: at a boundary of the shifts the row is switched, and
-- what a person sets by hand holds until the next one.

ALTER TABLE responder ADD COLUMN duty_changes_at timestamptz;
CREATE INDEX responder_by_duty_change ON responder (duty_changes_at) WHERE duty_changes_at IS NOT NULL;

-- Wall-clock times in the hotline's zone. An end at or before the begin is the next day's.
CREATE TABLE shift (
    responder_id  text NOT NULL REFERENCES responder (id) ON DELETE CASCADE,
    day           integer NOT NULL CHECK (day BETWEEN 1 AND 7),
    begins        time NOT NULL,
    ends          time NOT NULL,
    PRIMARY KEY (responder_id, day, begins, ends)
);

-- By date: without times the weekly shifts that begin on it are off, with times there are extra hours.
CREATE TABLE shift_exception (
    responder_id  text NOT NULL REFERENCES responder (id) ON DELETE CASCADE,
    day           date NOT NULL,
    begins        time,
    ends          time,
    CONSTRAINT off_or_extra CHECK ((begins IS NULL) = (ends IS NULL)),
    UNIQUE NULLS NOT DISTINCT (responder_id, day, begins, ends)
);

CREATE TABLE alert (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind       text NOT NULL CHECK (kind IN ('rota_gap')),
    gap_from   timestamptz NOT NULL,
    gap_to     timestamptz CHECK (gap_to > gap_from),
    raised_at  timestamptz NOT NULL,
    seen_at    timestamptz CHECK (seen_at >= raised_at),
    ended_at   timestamptz CHECK (ended_at >= raised_at)
);

CREATE UNIQUE INDEX one_open_alert_per_gap ON alert (kind, gap_from) WHERE ended_at IS NULL;
