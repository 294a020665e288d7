-- Which voice speaks English on every node, where no person has recorded a sentence. The audit keeps who chose which.

CREATE TABLE english_voice (
    one        boolean PRIMARY KEY DEFAULT true CHECK (one),
    voice      text NOT NULL CHECK (voice ~ '^[a-z0-9]{1,20}$'),
    chosen_by  text NOT NULL,
    chosen_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE FUNCTION tell_of_voices() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('hotline_voices', '');
    RETURN NULL;
END $$;

CREATE TRIGGER told_of AFTER INSERT OR UPDATE ON english_voice FOR EACH STATEMENT EXECUTE FUNCTION tell_of_voices();
