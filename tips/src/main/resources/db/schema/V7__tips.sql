-- Tips. A code is kept as its keyed digest; the key lies outside the database. No table tells who called, or when.

-- The status is an internal word; how it is spoken is configuration. When it last changed is kept to the day.
CREATE TABLE tip (
    code_fingerprint  bytea PRIMARY KEY CHECK (length(code_fingerprint) = 32),
    status            text NOT NULL CHECK (status ~ '^[a-z][a-z0-9_]{0,39}$'),
    changed_on        date NOT NULL DEFAULT current_date,
    reference         text CHECK (reference ~ '^[A-Za-z0-9][A-Za-z0-9._/-]{0,39}$'),
    -- Which of the peppers its fingerprint was made with: the first four bytes of that pepper's SHA-256.
    pepper            bytea NOT NULL DEFAULT '' CHECK (length(pepper) IN (0, 4))
);

CREATE INDEX tip_by_age ON tip (changed_on);

CREATE TABLE tip_change (
    id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code_fingerprint  bytea NOT NULL REFERENCES tip (code_fingerprint),
    status            text NOT NULL,
    changed_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    who               text NOT NULL DEFAULT 'administrator'
);

CREATE INDEX tip_change_by_tip ON tip_change (code_fingerprint, id);

-- A status that a second person has to approve. It is named by an id of its own: who confirms it neither sees nor sends the tip's fingerprint.
CREATE TABLE tip_proposal (
    code_fingerprint  bytea PRIMARY KEY REFERENCES tip (code_fingerprint) ON DELETE CASCADE,
    id                uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
    status            text NOT NULL,
    proposed_by       text NOT NULL,
    proposed_at       timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Open pages hear of it once it is committed.
CREATE TRIGGER told_of AFTER INSERT OR UPDATE OR DELETE ON tip_proposal FOR EACH STATEMENT EXECUTE FUNCTION tell_of_changes();

-- Codes that were not found, in tens of minutes and for a day: what the budget counts. Nothing tells whose, or which. Where all were
-- found stands a 0: what is found must take the same work as what is not.
CREATE TABLE tip_guess (
    begun   timestamptz PRIMARY KEY,
    misses  integer NOT NULL CHECK (misses >= 0)
);

-- What happened on the tip line, counted by the hour.
CREATE TABLE tip_hour (
    hour   timestamptz NOT NULL,
    kind   text NOT NULL CHECK (kind ~ '^[a-z_]{1,40}$'),
    count  integer NOT NULL CHECK (count > 0),
    PRIMARY KEY (hour, kind)
);

-- Hand-overs of the text system: each is taken once.
CREATE TABLE tip_handover (
    id        text PRIMARY KEY CHECK (length(id) BETWEEN 8 AND 64),
    content   bytea NOT NULL CHECK (length(content) = 32),
    taken_on  date NOT NULL DEFAULT current_date
);

-- What a supervisor should look at, once an hour and kind.
CREATE TABLE tip_alarm (
    hour  timestamptz NOT NULL,
    kind  text NOT NULL CHECK (kind ~ '^[a-z_]{1,40}$'),
    PRIMARY KEY (hour, kind)
);

-- A tip that was left by voice; its code is another row's, and nothing leads from one to the other but the officer who hears it.
CREATE TABLE spoken_tip (
    id         uuid PRIMARY KEY,
    left_on    date NOT NULL,
    erased_on  date NOT NULL,
    language   text NOT NULL CHECK (language ~ '^[a-z]{2,3}$'),
    disguised  boolean NOT NULL,
    seconds    integer NOT NULL DEFAULT 0 CHECK (seconds >= 0)
);

CREATE TABLE spoken_tip_part (
    spoken_tip  uuid NOT NULL REFERENCES spoken_tip (id) ON DELETE CASCADE,
    number      integer NOT NULL CHECK (number > 0),
    encrypted   bytea NOT NULL,
    PRIMARY KEY (spoken_tip, number)
);

-- Who has listened to a spoken tip is found by the tip, and the latest at once.
CREATE INDEX audit_listened ON audit (subject, id) WHERE act = 'listened';
CREATE INDEX audit_listened_latest ON audit (id) WHERE act = 'listened';
