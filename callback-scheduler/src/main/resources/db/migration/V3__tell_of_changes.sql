-- Every move of a call-back leaves an event: whoever watches is told once the move is committed.

CREATE FUNCTION tell_of_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('hotline_changed', '');
    RETURN NULL;
END $$;

CREATE TRIGGER told_of AFTER INSERT ON event FOR EACH STATEMENT EXECUTE FUNCTION tell_of_changes();
