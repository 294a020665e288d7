-- What every part of the hotline relies on: the keys of its nodes, the audit, and word of changes.

-- Keys that all nodes need, encrypted under the API token: a node that joins with the token can open them. The fingerprint, of a key of
-- 256 bits, tells a node that has the key already.
CREATE TABLE shared_key (
    name         text PRIMARY KEY,
    fingerprint  bytea NOT NULL CHECK (length(fingerprint) = 32),
    encrypted    bytea NOT NULL
);

-- What callers confide is encrypted under keys that are destroyed. In which epoch we are, and so under which key is encrypted now, all
-- nodes read in this one row; the keys themselves are never in the database, nor in a backup of it.
CREATE TABLE key_epoch (
    one          boolean PRIMARY KEY DEFAULT true CHECK (one),
    epoch        integer NOT NULL CHECK (epoch > 0),
    begun_at     timestamptz NOT NULL,
    fingerprint  bytea NOT NULL DEFAULT ''
);

INSERT INTO key_epoch (epoch, begun_at) VALUES (1, clock_timestamp());

-- A node that joins asks the others for the keys of the epochs. The answer opens with a key that is in its memory alone.
CREATE TABLE key_transfer (
    id            uuid PRIMARY KEY,
    public_key    bytea NOT NULL,
    answer        bytea,
    requested_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- The nodes, as they last told of themselves: for the operator's eyes. Nothing is decided by it.
CREATE TABLE node (
    id       text PRIMARY KEY,
    name     text NOT NULL,
    version  text NOT NULL,
    since    timestamptz NOT NULL,
    seen_at  timestamptz NOT NULL
);

-- Whoever watches, such as a page that is open, is told of a change once it is committed.
CREATE FUNCTION tell_of_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('hotline_changed', '');
    RETURN NULL;
END $$;

-- Who did what, which nobody can change afterwards. Each entry carries a hash over itself and the entry before: what is changed
-- behind our back is found.
CREATE TABLE audit (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    who      text NOT NULL,
    act      text NOT NULL CHECK (act ~ '^[a-z][a-z_]{0,39}$'),
    subject  text NOT NULL,
    reason   text NOT NULL DEFAULT '',
    hash     bytea NOT NULL
);

-- A promise's time line shows who acknowledged it, closed it or read its number.
CREATE INDEX audit_by_subject ON audit (subject, id);

CREATE FUNCTION refuse_another_past() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was done is not changed afterwards';
END $$;

CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_another_past();
CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON audit EXECUTE FUNCTION refuse_another_past();

-- Every field with its length, so that no two entries are written the same.
CREATE FUNCTION audit_hash(before bytea, entry audit) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(before || convert_to(string_agg(octet_length(part) || ':' || part, '' ORDER BY place), 'UTF8'))
    FROM unnest(ARRAY[entry.id::text, to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), entry.who, entry.act,
            entry.subject, entry.reason]) WITH ORDINALITY AS parts (part, place)
$$;

-- One after the other: whoever writes waits for the entry before to be committed.
CREATE FUNCTION chain_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('hotline audit'));
    NEW.id := nextval(pg_get_serial_sequence('audit', 'id'));
    NEW.hash := audit_hash(coalesce((SELECT hash FROM audit ORDER BY id DESC LIMIT 1), ''), NEW);
    RETURN NEW;
END $$;

CREATE TRIGGER audit_is_chained BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION chain_audit();
