-- What reports count: apart from what callers confided, so that it stays when that is erased. A promise counts in the hour
-- in which it was asked for, whatever comes of it and whenever.

CREATE FUNCTION note_first_try() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE callback SET first_try_at = NEW.dialled_at
    WHERE id = NEW.callback_id AND (first_try_at IS NULL OR first_try_at > NEW.dialled_at);
    RETURN NULL;
END $$;

CREATE TRIGGER first_try_is_noted AFTER INSERT ON attempt FOR EACH ROW EXECUTE FUNCTION note_first_try();

-- They spoke on the last try: from when the caller answered, or else from when their phone rang.
CREATE FUNCTION note_speech() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.speech_at := CASE WHEN NEW.reached_at IS NOT NULL THEN coalesce((SELECT coalesce(answered_at, rang_at, dialled_at)
        FROM attempt WHERE callback_id = NEW.id ORDER BY attempt.id DESC LIMIT 1), NEW.reached_at) END;
    RETURN NEW;
END $$;

CREATE TRIGGER speech_is_noted BEFORE UPDATE ON callback FOR EACH ROW
    WHEN (OLD.reached_at IS DISTINCT FROM NEW.reached_at) EXECUTE FUNCTION note_speech();

-- Buckets of ten seconds in the first hour, of a minute on the first day, of an hour for thirty days.
CREATE FUNCTION wait_bucket(seconds double precision) RETURNS integer LANGUAGE sql IMMUTABLE STRICT AS $$
    SELECT CASE WHEN seconds < 3600 THEN floor(greatest(seconds, 0) / 10)
        WHEN seconds < 86400 THEN 360 + floor((seconds - 3600) / 60)
        ELSE 1740 + least(floor((seconds - 86400) / 3600), 720) END::integer
$$;

CREATE FUNCTION wait_begin(bucket integer) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT AS $$
    SELECT CASE WHEN bucket <= 0 THEN '-infinity'::float8
        WHEN bucket <= 360 THEN bucket * 10
        WHEN bucket <= 1740 THEN 3600 + (bucket - 360) * 60
        WHEN bucket <= 2460 THEN 86400 + (bucket - 1740) * 3600
        ELSE 'infinity'::float8 END
$$;

-- What was counted, hour by hour: pending ones are neither kept nor broken nor closed; unreached ones are closed; of those that
-- are not said somebody answered, and nobody has said whether it was the caller. Consultations are counted apart.
CREATE TABLE promise_hour (
    hour       timestamptz NOT NULL,
    language   text NOT NULL,
    asked      integer NOT NULL,
    pending    integer NOT NULL,
    kept       integer NOT NULL,
    reached    integer NOT NULL,
    broken     integer NOT NULL,
    unreached  integer NOT NULL,
    not_said   integer NOT NULL DEFAULT 0,
    consultations integer NOT NULL DEFAULT 0,
    PRIMARY KEY (hour, language)
);

-- How long callers waited for the first try, and for speech: how many in each bucket, by the hotline's day and again by its
-- month, so that a report over years reads few rows.
CREATE TABLE promise_wait (
    step      text NOT NULL CHECK (step IN ('day', 'month')),
    begins    date NOT NULL,
    kind      text NOT NULL CHECK (kind IN ('first_try', 'speech')),
    language  text NOT NULL,
    bucket    integer NOT NULL,
    calls     integer NOT NULL,
    PRIMARY KEY (step, begins, kind, language, bucket)
);

CREATE TABLE responder_hour (
    hour       timestamptz NOT NULL,
    responder  text NOT NULL,
    offers     integer NOT NULL,
    taken      integer NOT NULL,
    talked     integer NOT NULL,
    PRIMARY KEY (hour, responder)
);

-- What is to be added: a promise that changes takes itself away as it was, and adds itself as it is. Moves only insert
-- here, so that none of them waits for another because of a report. A job adds these up; until then reports read both.
CREATE TABLE promise_change (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    hour       timestamptz NOT NULL,
    language   text NOT NULL,
    asked      integer NOT NULL,
    pending    integer NOT NULL,
    kept       integer NOT NULL,
    reached    integer NOT NULL,
    broken     integer NOT NULL,
    unreached  integer NOT NULL,
    not_said   integer NOT NULL DEFAULT 0,
    consultations integer NOT NULL DEFAULT 0,
    first_try  integer,
    speech     integer
);

CREATE TABLE responder_change (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    hour       timestamptz NOT NULL,
    responder  text NOT NULL,
    offers     integer NOT NULL,
    taken      integer NOT NULL,
    talked     integer NOT NULL
);

CREATE FUNCTION promise_count(c callback, times integer)
RETURNS TABLE (hour timestamptz, language text, asked integer, pending integer, kept integer, reached integer,
    broken integer, unreached integer, not_said integer, consultations integer, first_try integer, speech integer) LANGUAGE sql STABLE AS $$
    SELECT date_trunc('hour', c.requested_at, 'UTC'), c.language, persons,
        persons * (c.state <> 'closed' AND c.kept_at IS NULL AND c.broken_at IS NULL)::integer,
        persons * (c.kept_at IS NOT NULL)::integer,
        persons * (c.reached_at IS NOT NULL)::integer,
        persons * (c.kept_at IS NULL AND (c.broken_at IS NOT NULL OR coalesce(c.due_at < c.closed_at, false)))::integer,
        persons * (c.state = 'closed' AND c.reached_at IS NULL)::integer,
        persons * (c.not_said_at IS NOT NULL)::integer,
        times - persons,
        wait_bucket(c.first_try), wait_bucket(c.speech)
    FROM (SELECT times * (NOT c.consultation)::integer AS persons) AS counted
$$;

CREATE FUNCTION count_promise() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        INSERT INTO promise_change (hour, language, asked, pending, kept, reached, broken, unreached, not_said,
        consultations, first_try, speech)
        SELECT * FROM promise_count(OLD, -1);
    END IF;
    INSERT INTO promise_change (hour, language, asked, pending, kept, reached, broken, unreached, not_said,
        consultations, first_try, speech)
    SELECT * FROM promise_count(NEW, 1);
    RETURN NULL;
END $$;

CREATE TRIGGER is_counted AFTER INSERT ON callback FOR EACH ROW EXECUTE FUNCTION count_promise();
CREATE TRIGGER is_counted_anew AFTER UPDATE ON callback FOR EACH ROW
    WHEN ((OLD.requested_at, OLD.language, OLD.kept_at IS NULL, OLD.reached_at IS NULL, OLD.broken_at IS NULL,
            OLD.state = 'closed', OLD.not_said_at IS NULL, OLD.consultation, OLD.first_try, OLD.speech)
        IS DISTINCT FROM (NEW.requested_at, NEW.language, NEW.kept_at IS NULL, NEW.reached_at IS NULL,
            NEW.broken_at IS NULL, NEW.state = 'closed', NEW.not_said_at IS NULL, NEW.consultation, NEW.first_try,
            NEW.speech))
    EXECUTE FUNCTION count_promise();

-- Load counts in the hour of the offer; a talk is theirs who made the last try.
CREATE FUNCTION count_offer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO responder_change (hour, responder, offers, taken, talked)
    VALUES (date_trunc('hour', NEW.offered_at, 'UTC'), NEW.responder_id, (TG_OP = 'INSERT')::integer,
        (NEW.outcome IS NOT DISTINCT FROM 'taken')::integer, 0);
    RETURN NULL;
END $$;

CREATE TRIGGER is_counted AFTER INSERT ON offer FOR EACH ROW EXECUTE FUNCTION count_offer();
CREATE TRIGGER is_counted_as_taken AFTER UPDATE ON offer FOR EACH ROW
    WHEN (OLD.outcome IS NULL AND NEW.outcome = 'taken') EXECUTE FUNCTION count_offer();

CREATE FUNCTION count_talk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO responder_change (hour, responder, offers, taken, talked)
    SELECT date_trunc('hour', offered_at, 'UTC'), responder_id, 0, 0, CASE WHEN NEW.reached_at IS NULL THEN -1 ELSE 1 END
    FROM offer WHERE id = (SELECT offer_id FROM attempt WHERE callback_id = NEW.id ORDER BY attempt.id DESC LIMIT 1);
    RETURN NULL;
END $$;

CREATE TRIGGER talk_is_counted AFTER UPDATE ON callback FOR EACH ROW
    WHEN ((OLD.reached_at IS NULL) <> (NEW.reached_at IS NULL)) EXECUTE FUNCTION count_talk();

-- Where rows have been deleted their counts stand for good: of whole months of the hotline's zone, and of hours.
CREATE TABLE counted_for_good (
    one              boolean PRIMARY KEY DEFAULT true CHECK (one),
    promises_before  timestamptz NOT NULL DEFAULT '-infinity',
    days_before      date NOT NULL DEFAULT '-infinity',
    offers_before    timestamptz NOT NULL DEFAULT '-infinity'
);

INSERT INTO counted_for_good DEFAULT VALUES;

-- Counts anew from the rows what does not stand for good. Each statement sees one moment: what is being changed meanwhile is
-- added to it by its own change, once, so that nobody has to wait.
CREATE FUNCTION recount_promises() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('hotline tally'));
    WITH hours AS (DELETE FROM promise_hour USING counted_for_good WHERE hour >= promises_before),
        waits AS (DELETE FROM promise_wait USING counted_for_good WHERE begins >= days_before),
        changes AS (DELETE FROM promise_change USING counted_for_good WHERE hour >= promises_before)
    INSERT INTO promise_change (hour, language, asked, pending, kept, reached, broken, unreached, not_said,
        consultations, first_try, speech)
    SELECT counted.* FROM callback, counted_for_good, promise_count(callback, 1) AS counted WHERE counted.hour >= promises_before;
    WITH hours AS (DELETE FROM responder_hour USING counted_for_good WHERE hour >= offers_before),
        changes AS (DELETE FROM responder_change USING counted_for_good WHERE hour >= offers_before),
        talks AS (SELECT (SELECT offer_id FROM attempt WHERE callback_id = callback.id ORDER BY attempt.id DESC LIMIT 1) AS id
            FROM callback WHERE reached_at IS NOT NULL)
    INSERT INTO responder_change (hour, responder, offers, taken, talked)
    SELECT date_trunc('hour', offered_at, 'UTC'), responder_id, count(*), count(*) FILTER (WHERE outcome = 'taken'),
        count(talks.id)
    FROM counted_for_good, offer LEFT JOIN talks ON talks.id = offer.id
    WHERE date_trunc('hour', offered_at, 'UTC') >= offers_before GROUP BY 1, 2;
END $$;
