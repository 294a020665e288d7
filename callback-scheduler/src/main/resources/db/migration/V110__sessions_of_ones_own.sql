-- A person sees where they are signed in. Of what a browser says of itself only its kind is kept.
ALTER TABLE session ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE;
ALTER TABLE session ADD COLUMN browser text NOT NULL DEFAULT 'a browser' CHECK (length(browser) BETWEEN 1 AND 60);

-- A page that is open asks for itself anew, and is told that its session has ended.
CREATE TRIGGER told_of AFTER DELETE ON session FOR EACH ROW EXECUTE FUNCTION tell_of_changes();
