-- What people recorded at the desk, for every node. Of one that was replaced or removed the sound goes; its checksum stays, by which
-- a node that was away meanwhile knows its own copy.

CREATE TABLE recording (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    language    text NOT NULL,
    prompt      text NOT NULL,
    sound       bytea,
    checksum    bytea NOT NULL,
    length_ms   integer NOT NULL CHECK (length_ms > 0),
    put_in_by   text NOT NULL,
    put_in_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    removed_at  timestamptz,
    CHECK ((sound IS NULL) = (removed_at IS NOT NULL)),
    CONSTRAINT sound_is_what_was_put_in CHECK (checksum = sha256(sound))
);

CREATE UNIQUE INDEX one_recording_a_prompt ON recording (language, prompt) WHERE removed_at IS NULL;

CREATE FUNCTION tell_of_recordings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('hotline_recordings', '');
    RETURN NULL;
END $$;

CREATE TRIGGER told_of AFTER INSERT OR UPDATE OR DELETE ON recording FOR EACH STATEMENT EXECUTE FUNCTION tell_of_recordings();

-- Which node has which, and what keeps it from having one: for the operator's eyes. Nothing is decided by it.
CREATE TABLE recording_copy (
    node       text NOT NULL,
    recording  bigint NOT NULL REFERENCES recording (id) ON DELETE CASCADE,
    trouble    text NOT NULL DEFAULT '',
    PRIMARY KEY (node, recording)
);

CREATE TRIGGER told_of AFTER INSERT OR UPDATE ON recording_copy FOR EACH STATEMENT EXECUTE FUNCTION tell_of_changes();
