-- Each entry of the audit carries a hash over itself and the entry before: what is changed behind our back is found.

ALTER TABLE audit ADD COLUMN hash bytea;

-- Every field with its length, so that no two entries are written the same.
CREATE FUNCTION audit_hash(before bytea, entry audit) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(before || convert_to(string_agg(octet_length(part) || ':' || part, '' ORDER BY place), 'UTF8'))
    FROM unnest(ARRAY[entry.id::text, to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), entry.who, entry.act,
            entry.subject, entry.reason]) WITH ORDINALITY AS parts (part, place)
$$;

ALTER TABLE audit DISABLE TRIGGER audit_is_append_only;
DO $$
DECLARE
    entry audit;
    last bytea := '';
BEGIN
    FOR entry IN SELECT * FROM audit ORDER BY id LOOP
        last := audit_hash(last, entry);
        UPDATE audit SET hash = last WHERE id = entry.id;
    END LOOP;
END $$;
ALTER TABLE audit ENABLE TRIGGER audit_is_append_only;
ALTER TABLE audit ALTER COLUMN hash SET NOT NULL;

-- One after the other: whoever writes waits for the entry before to be committed.
CREATE FUNCTION chain_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('hotline audit'));
    NEW.id := nextval(pg_get_serial_sequence('audit', 'id'));
    NEW.hash := audit_hash(coalesce((SELECT hash FROM audit ORDER BY id DESC LIMIT 1), ''), NEW);
    RETURN NEW;
END $$;

CREATE TRIGGER audit_is_chained BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION chain_audit();
