-- Tokens of people and systems; what is kept of one is its SHA-256. And who did what, which nobody can change afterwards.

CREATE TABLE api_token (
    name        text PRIMARY KEY CHECK (name ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
    scope       text NOT NULL CHECK (scope ~ '^[a-z_]{1,40}$'),
    mark        bytea NOT NULL UNIQUE CHECK (length(mark) = 32),
    issued_at   timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE audit (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    who      text NOT NULL,
    act      text NOT NULL CHECK (act ~ '^[a-z][a-z_]{0,39}$'),
    subject  text NOT NULL,
    reason   text NOT NULL DEFAULT ''
);

CREATE FUNCTION refuse_another_past() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was done is not changed afterwards';
END $$;

CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_another_past();
CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON audit EXECUTE FUNCTION refuse_another_past();

-- What is to be erased is found without reading all that ever closed.
CREATE INDEX callback_to_erase ON callback (closed_at)
    WHERE state = 'closed' AND (number_sealed IS NOT NULL OR number_mark IS NOT NULL OR name_sealed IS NOT NULL);
