-- What waits for a second person is named by an id of its own: who confirms it neither sees nor sends the tip's mark.
ALTER TABLE tip_proposal ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE;

-- Open pages hear of it once it is committed.
CREATE TRIGGER told_of AFTER INSERT OR UPDATE OR DELETE ON tip_proposal FOR EACH STATEMENT EXECUTE FUNCTION tell_of_changes();

-- Who has listened to a spoken tip is found by the tip, and the latest at once.
CREATE INDEX audit_listened ON audit (subject, id) WHERE act = 'listened';
CREATE INDEX audit_listened_latest ON audit (id) WHERE act = 'listened';
