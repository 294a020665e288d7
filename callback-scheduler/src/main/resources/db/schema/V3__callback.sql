-- The promise is one committed row. What the code rules, the schema rules again.

CREATE TABLE callback (
    id                  uuid PRIMARY KEY,
    -- What the caller confided, encrypted and fingerprinted under the key of an epoch: until retention erases it.
    number_encrypted    bytea,
    number_fingerprint  bytea,
    name_encrypted      bytea,
    epoch               integer NOT NULL DEFAULT 1 CHECK (epoch > 0),
    language            text NOT NULL CHECK (language ~ '^[a-z]{2,3}$'),
    message_ok          boolean NOT NULL,
    number_shown        boolean NOT NULL,
    confirmed           boolean NOT NULL,
    -- An organization asks for advice: a person in crisis goes first.
    consultation        boolean NOT NULL DEFAULT false,
    -- How often it was asked for from one phone.
    times_asked         integer NOT NULL DEFAULT 1 CHECK (times_asked > 0),
    requested_at        timestamptz NOT NULL,
    due_at              timestamptz NOT NULL CHECK (due_at > requested_at),
    state               text NOT NULL CHECK (state IN ('waiting', 'claimed', 'dialing', 'not_said', 'needs_decision', 'closed')),
    -- When it is to be looked at next.
    wake_at             timestamptz,
    attempts            integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    claims              integer NOT NULL DEFAULT 0 CHECK (claims >= 0),
    kept_at             timestamptz CHECK (kept_at <= due_at),
    reached_at          timestamptz,
    broken_at           timestamptz CHECK (broken_at >= due_at),
    -- The ladder's present round, which whatever a person must decide has as well.
    round_begun         timestamptz,
    round_from          timestamptz,
    steps_until         timestamptz,
    together            boolean,
    responders_since    timestamptz,
    supervisors_since   timestamptz,
    managers_since      timestamptz,
    -- A supervisor or manager has seen an alarm: it is not repeated.
    seen_at             timestamptz,
    -- More people are to be called for it as soon as they are free.
    seeking             boolean NOT NULL DEFAULT false,
    -- Whoever holds what needed a decision gives it back as such.
    needs_decision      boolean NOT NULL DEFAULT false,
    offer_id            uuid,
    dialled_at          timestamptz,
    -- Since when it stands open whether they talked; whose it is to say, and whether their phone was called for it.
    not_said_at         timestamptz,
    not_said_by         text REFERENCES responder (id),
    not_said_called     boolean NOT NULL DEFAULT false,
    closed_at           timestamptz,
    disposition         text CHECK (disposition ~ '^[a-z][a-z_]{0,39}$'),
    reason              text,
    -- For reports: when it was first tried and when they spoke, and both in seconds from the request.
    first_try_at        timestamptz,
    speech_at           timestamptz,
    first_try           double precision GENERATED ALWAYS AS (extract(epoch FROM first_try_at - requested_at)::float8) STORED,
    speech              double precision GENERATED ALWAYS AS (extract(epoch FROM speech_at - requested_at)::float8) STORED,
    CONSTRAINT kept_or_broken CHECK (kept_at IS NULL OR broken_at IS NULL),
    CONSTRAINT held_while_claimed CHECK ((state IN ('claimed', 'dialing')) = (offer_id IS NOT NULL)),
    CONSTRAINT dialled_while_dialing CHECK ((state = 'dialing') = (dialled_at IS NOT NULL)),
    CONSTRAINT not_said_by_somebody CHECK ((state = 'not_said') = (not_said_by IS NOT NULL)),
    CONSTRAINT not_said_since CHECK (state <> 'not_said' OR not_said_at IS NOT NULL),
    CONSTRAINT round_while_owed CHECK ((state <> 'closed') = (round_begun IS NOT NULL)),
    CONSTRAINT sought_while_untaken CHECK (NOT seeking OR state IN ('waiting', 'needs_decision')),
    CONSTRAINT needs_decision_while_held CHECK (NOT needs_decision OR state IN ('claimed', 'dialing', 'not_said')),
    CONSTRAINT closed_with_a_reason
        CHECK ((state = 'closed') = (closed_at IS NOT NULL AND disposition IS NOT NULL AND reason IS NOT NULL)),
    CONSTRAINT open_has_a_number CHECK (state = 'closed' OR (number_encrypted IS NOT NULL AND number_fingerprint IS NOT NULL))
);

CREATE UNIQUE INDEX one_open_callback_per_number ON callback (number_fingerprint) WHERE state <> 'closed';
CREATE INDEX callback_by_wake ON callback (wake_at) WHERE wake_at IS NOT NULL;
CREATE INDEX callback_by_due ON callback (due_at) WHERE state <> 'closed';
-- How often a number was asked for within a day.
CREATE INDEX callback_by_number ON callback (number_fingerprint, requested_at);
-- For which more people are to be called as soon as they are free: the most urgent first.
CREATE INDEX callback_by_urgency ON callback (consultation, (kept_at IS NOT NULL), due_at) WHERE seeking;
-- The queue, most urgent first, without reading what is closed.
CREATE INDEX callback_in_queue ON callback (consultation, (kept_at IS NOT NULL), due_at, id) WHERE state <> 'closed';
CREATE INDEX callback_not_said ON callback (not_said_by, not_said_at) WHERE state = 'not_said';
CREATE INDEX callback_by_epoch ON callback (epoch) WHERE number_encrypted IS NOT NULL;
CREATE INDEX callback_by_first_try ON callback (first_try) WHERE first_try IS NOT NULL;
-- What is to be erased is found without reading all that ever closed.
CREATE INDEX callback_to_erase ON callback (closed_at)
    WHERE state = 'closed' AND (number_encrypted IS NOT NULL OR number_fingerprint IS NOT NULL OR name_encrypted IS NOT NULL);
-- And so is what is to be deleted.
CREATE INDEX callback_to_delete ON callback (closed_at) WHERE state = 'closed';

CREATE FUNCTION refuse_another_due_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the due time of a call-back never changes';
END $$;

CREATE TRIGGER due_time_never_changes BEFORE UPDATE ON callback FOR EACH ROW
    WHEN (OLD.due_at <> NEW.due_at OR OLD.requested_at <> NEW.requested_at)
    EXECUTE FUNCTION refuse_another_due_time();

-- An offer is a staff phone that rings for a call-back, from the first ring until its leg ends. Where a person asked for it
-- themselves, it is theirs before it is anybody else's while their phone rings.
CREATE TABLE offer (
    id            uuid PRIMARY KEY,
    callback_id   uuid NOT NULL REFERENCES callback (id),
    responder_id  text NOT NULL REFERENCES responder (id),
    node          text NOT NULL,
    -- Where it rings, or is talked on; not known of whoever calls in from a phone of another's.
    phone         text,
    called_in_as  text NOT NULL CHECK (called_in_as IN ('responder', 'supervisor', 'manager')),
    wanted        boolean NOT NULL DEFAULT false,
    offered_at    timestamptz NOT NULL,
    answered_at   timestamptz,
    lease_until   timestamptz NOT NULL,
    ended_at      timestamptz,
    outcome       text CHECK (outcome IN
        ('taken', 'declined', 'seen', 'silent', 'unanswered', 'busy', 'failed', 'taken_by_another', 'withdrawn', 'lost')),
    CONSTRAINT ended_with_an_outcome CHECK ((ended_at IS NULL) = (outcome IS NULL))
);

CREATE UNIQUE INDEX one_open_offer_per_responder ON offer (responder_id) WHERE ended_at IS NULL;
-- One duty phone may be handed around: being called is the phone's state as much as the person's.
CREATE UNIQUE INDEX one_open_offer_per_phone ON offer (phone) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX one_wanted_offer_per_callback ON offer (callback_id) WHERE wanted AND ended_at IS NULL;
CREATE INDEX offer_by_lease ON offer (lease_until) WHERE ended_at IS NULL;
CREATE INDEX offer_by_callback ON offer (callback_id, offered_at);
CREATE INDEX offer_wanted ON offer (ended_at) WHERE wanted;
-- What a person had in hand last.
CREATE INDEX offer_by_responder ON offer (responder_id, ended_at);

-- A call of the trauma line that goes on now: no phone is dialed from which one comes, or in which a call-back was asked for.
-- The node that has the call renews it; when the node dies, it is over within seconds.
CREATE TABLE line_call (
    id                  uuid PRIMARY KEY,
    number_fingerprint  bytea,
    callback_id         uuid REFERENCES callback (id) ON DELETE CASCADE,
    until_at            timestamptz NOT NULL
);

-- An attempt is one dial of the caller's phone; both could speak from when it was answered.
CREATE TABLE attempt (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    callback_id  uuid NOT NULL REFERENCES callback (id),
    offer_id     uuid NOT NULL REFERENCES offer (id),
    dialled_at   timestamptz NOT NULL,
    rang_at      timestamptz,
    answered_at  timestamptz,
    ended_at     timestamptz,
    outcome      text CHECK (outcome IN
        ('answered', 'busy', 'no_answer', 'declined', 'anonymous_refused', 'blocked', 'no_such_number', 'not_allowed',
         'congested', 'trunk_refused', 'given_up', 'lost')),
    CONSTRAINT attempt_ended_with_an_outcome CHECK ((ended_at IS NULL) = (outcome IS NULL))
);

CREATE UNIQUE INDEX one_open_dial_per_callback ON attempt (callback_id) WHERE ended_at IS NULL;
CREATE INDEX attempt_by_end ON attempt (ended_at);
CREATE INDEX attempt_by_callback ON attempt (callback_id);
-- An offer is deleted once no attempt is its own.
CREATE INDEX attempt_by_offer ON attempt (offer_id);

-- Each step of the ladder fires once.
CREATE TABLE step (
    callback_id  uuid NOT NULL REFERENCES callback (id),
    kind         text NOT NULL CHECK (kind IN ('first', 'next', 'all', 'supervisor', 'at_risk', 'manager', 'broken')),
    stood_at     timestamptz NOT NULL,
    fired_at     timestamptz NOT NULL,
    PRIMARY KEY (callback_id, kind, stood_at)
);

-- The history: every move of a call-back leaves an event, and whoever watches is told.
CREATE TABLE event (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    callback_id  uuid NOT NULL REFERENCES callback (id),
    at           timestamptz NOT NULL,
    kind         text NOT NULL CHECK (kind ~ '^[a-z][a-z_]{0,39}$'),
    detail       text NOT NULL DEFAULT ''
);

CREATE INDEX event_by_callback ON event (callback_id, id);

CREATE TRIGGER told_of AFTER INSERT ON event FOR EACH STATEMENT EXECUTE FUNCTION tell_of_changes();

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

-- Area codes that the library of numbers does not know yet, as they were added at the desk and taken back: of each code the
-- latest holds, on all nodes.
CREATE TABLE area_code (
    number  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code    text NOT NULL CHECK (code ~ '^[2-9][0-8][0-9]$'),
    added   boolean NOT NULL,
    who     text NOT NULL,
    at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    reason  text NOT NULL CHECK (length(reason) BETWEEN 1 AND 300)
);

CREATE FUNCTION tell_of_area_codes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('hotline_area_codes', '');
    RETURN NULL;
END $$;

CREATE TRIGGER told_of AFTER INSERT ON area_code FOR EACH STATEMENT EXECUTE FUNCTION tell_of_area_codes();

-- Where interpreters are called, by the caller's language; 'other' is for all that have no number of their own. The latest holds,
-- and an empty number is none.
CREATE TABLE interpreter (
    change    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    language  text NOT NULL CHECK (language ~ '^([a-z]{2}|other)$'),
    number    text NOT NULL CHECK (number ~ '^([2-9][0-9]{9})?$'),
    who       text NOT NULL,
    at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    reason    text NOT NULL CHECK (length(reason) BETWEEN 1 AND 300)
);
