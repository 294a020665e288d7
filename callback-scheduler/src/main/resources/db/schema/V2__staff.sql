-- The people who call back, when they work, and alerts to those who see to it that somebody does.

-- Duty is what this row says: at a boundary of the shifts it is switched, and what a person sets by hand holds until the next one.
-- Staff sign in on the staff line with a code and a PIN; of the PIN only a hash is kept.
CREATE TABLE responder (
    id               text PRIMARY KEY CHECK (id ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
    name             text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    phone            text NOT NULL CHECK (phone ~ '^([2-9][0-9]{9}|browser)$'),
    languages        text[] NOT NULL CHECK (cardinality(languages) > 0),
    role             text NOT NULL CHECK (role IN ('responder', 'officer', 'supervisor', 'manager')),
    on_duty          boolean NOT NULL,
    duty_changes_at  timestamptz,
    last_called_at   timestamptz NOT NULL DEFAULT '-infinity',
    staff_code       text UNIQUE CHECK (staff_code ~ '^[0-9]{4}$'),
    pin_hash         bytea CHECK (octet_length(pin_hash) = 32)
);

CREATE INDEX responder_by_duty_change ON responder (duty_changes_at) WHERE duty_changes_at IS NOT NULL;

-- What did not sign anybody in, whether or not the code is somebody's: it makes the next answers slower.
CREATE TABLE sign_in_failure (
    staff_code  text NOT NULL CHECK (staff_code ~ '^[0-9]{4}$'),
    at          timestamptz NOT NULL
);

CREATE INDEX sign_in_failure_by_time ON sign_in_failure (at);

-- When people work: wall-clock times in the hotline's zone. An end at or before the begin is the next day's.
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

-- Supervisors are called for a gap in the rota that nobody has seen; again after a while.
CREATE TABLE alert (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind       text NOT NULL CHECK (kind IN ('rota_gap')),
    gap_from   timestamptz NOT NULL,
    gap_to     timestamptz CHECK (gap_to > gap_from),
    raised_at  timestamptz NOT NULL,
    paged_at   timestamptz CHECK (paged_at >= raised_at),
    seen_at    timestamptz CHECK (seen_at >= raised_at),
    ended_at   timestamptz CHECK (ended_at >= raised_at)
);

CREATE UNIQUE INDEX one_open_alert_per_gap ON alert (kind, gap_from) WHERE ended_at IS NULL;

-- Phones in browsers. A person keeps the place that they were given first, so that its password is never another's; the
-- place is open while a window of theirs is connected, through one node.
CREATE TABLE desk_phone (
    place      integer PRIMARY KEY CHECK (place BETWEEN 1 AND 99),
    account    text NOT NULL UNIQUE,
    open_line  uuid,
    node       text NOT NULL DEFAULT '',
    until_at   timestamptz NOT NULL DEFAULT '-infinity'
);

-- What is called for a person now: their own phone in the browser while it is open, else what stands in their row.
CREATE FUNCTION phone_now(person text, phone text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN phone = 'browser'
        THEN coalesce((SELECT 'desk' || d.place FROM desk_phone d WHERE d.account = person AND d.until_at > clock_timestamp()), phone)
        ELSE phone END
$$;
