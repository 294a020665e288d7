-- The promise is one committed row. What the code rules, the schema rules again.

CREATE TABLE responder (
    id            text PRIMARY KEY CHECK (id ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
    name          text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    phone         text NOT NULL CHECK (phone ~ '^([2-9][0-9]{9}|browser)$'),
    languages     text[] NOT NULL CHECK (cardinality(languages) > 0),
    role          text NOT NULL CHECK (role IN ('responder', 'officer', 'supervisor', 'manager')),
    on_duty       boolean NOT NULL,
    last_rung_at  timestamptz NOT NULL DEFAULT '-infinity'
);

CREATE TABLE callback (
    id                 uuid PRIMARY KEY,
    number_sealed      bytea,
    number_mark        bytea,
    name_sealed        bytea,
    language           text NOT NULL CHECK (language ~ '^[a-z]{2,3}$'),
    message_ok         boolean NOT NULL,
    number_shown       boolean NOT NULL,
    confirmed          boolean NOT NULL,
    requested_at       timestamptz NOT NULL,
    due_at             timestamptz NOT NULL CHECK (due_at > requested_at),
    state              text NOT NULL CHECK (state IN ('waiting', 'claimed', 'dialing', 'undecided', 'closed')),
    wake_at            timestamptz,
    attempts           integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    claims             integer NOT NULL DEFAULT 0 CHECK (claims >= 0),
    kept_at            timestamptz CHECK (kept_at <= due_at),
    reached_at         timestamptz,
    broken_at          timestamptz CHECK (broken_at >= due_at),
    round_begun        timestamptz,
    round_from         timestamptz,
    rungs_until        timestamptz,
    together           boolean,
    responders_since   timestamptz,
    supervisors_since  timestamptz,
    managers_since     timestamptz,
    offer_id           uuid,
    dialled_at         timestamptz,
    closed_at          timestamptz,
    disposition        text CHECK (disposition ~ '^[a-z][a-z_]{0,39}$'),
    reason             text,
    CONSTRAINT kept_or_broken CHECK (kept_at IS NULL OR broken_at IS NULL),
    CONSTRAINT held_while_claimed CHECK ((state IN ('claimed', 'dialing')) = (offer_id IS NOT NULL)),
    CONSTRAINT dialled_while_dialing CHECK ((state = 'dialing') = (dialled_at IS NOT NULL)),
    CONSTRAINT rung_while_owed CHECK ((state IN ('waiting', 'claimed', 'dialing')) = (round_begun IS NOT NULL)),
    CONSTRAINT closed_with_a_reason
        CHECK ((state = 'closed') = (closed_at IS NOT NULL AND disposition IS NOT NULL AND reason IS NOT NULL)),
    CONSTRAINT open_has_a_number CHECK (state = 'closed' OR (number_sealed IS NOT NULL AND number_mark IS NOT NULL))
);

CREATE UNIQUE INDEX one_open_callback_per_number ON callback (number_mark) WHERE state <> 'closed';
CREATE INDEX callback_by_wake ON callback (wake_at) WHERE wake_at IS NOT NULL;
CREATE INDEX callback_by_due ON callback (due_at) WHERE state <> 'closed';

CREATE FUNCTION refuse_another_due_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the due time of a call-back never changes';
END $$;

CREATE TRIGGER due_time_never_changes BEFORE UPDATE ON callback FOR EACH ROW
    WHEN (OLD.due_at <> NEW.due_at OR OLD.requested_at <> NEW.requested_at)
    EXECUTE FUNCTION refuse_another_due_time();

-- An offer is a staff phone that rings for a call-back, from the first ring until its leg ends.
CREATE TABLE offer (
    id            uuid PRIMARY KEY,
    callback_id   uuid NOT NULL REFERENCES callback (id),
    responder_id  text NOT NULL REFERENCES responder (id),
    node          text NOT NULL,
    called_in_as  text NOT NULL CHECK (called_in_as IN ('responder', 'supervisor', 'manager')),
    offered_at    timestamptz NOT NULL,
    answered_at   timestamptz,
    lease_until   timestamptz NOT NULL,
    ended_at      timestamptz,
    outcome       text CHECK (outcome IN
        ('taken', 'declined', 'silent', 'unanswered', 'busy', 'failed', 'taken_by_another', 'withdrawn', 'lost')),
    CONSTRAINT ended_with_an_outcome CHECK ((ended_at IS NULL) = (outcome IS NULL))
);

CREATE UNIQUE INDEX one_open_offer_per_responder ON offer (responder_id) WHERE ended_at IS NULL;
CREATE INDEX offer_by_lease ON offer (lease_until) WHERE ended_at IS NULL;
CREATE INDEX offer_by_callback ON offer (callback_id, offered_at);

CREATE TABLE attempt (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    callback_id  uuid NOT NULL REFERENCES callback (id),
    offer_id     uuid NOT NULL REFERENCES offer (id),
    dialled_at   timestamptz NOT NULL,
    rang_at      timestamptz,
    ended_at     timestamptz,
    outcome      text CHECK (outcome IN
        ('answered', 'busy', 'no_answer', 'congested', 'no_such_number', 'given_up', 'lost')),
    CONSTRAINT attempt_ended_with_an_outcome CHECK ((ended_at IS NULL) = (outcome IS NULL))
);

CREATE UNIQUE INDEX one_open_dial_per_callback ON attempt (callback_id) WHERE ended_at IS NULL;
CREATE INDEX attempt_by_callback ON attempt (callback_id);

CREATE TABLE rung (
    callback_id  uuid NOT NULL REFERENCES callback (id),
    kind         text NOT NULL CHECK (kind IN ('first', 'next', 'all', 'supervisor', 'at_risk', 'manager', 'broken')),
    stood_at     timestamptz NOT NULL,
    fired_at     timestamptz NOT NULL,
    PRIMARY KEY (callback_id, kind, stood_at)
);

CREATE TABLE event (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    callback_id  uuid NOT NULL REFERENCES callback (id),
    at           timestamptz NOT NULL,
    kind         text NOT NULL CHECK (kind ~ '^[a-z][a-z_]{0,39}$'),
    detail       text NOT NULL DEFAULT ''
);

CREATE INDEX event_by_callback ON event (callback_id, id);
