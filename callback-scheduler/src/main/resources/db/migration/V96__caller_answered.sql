-- From when both could speak: until now reports went by when the caller's phone rang.

ALTER TABLE attempt ADD COLUMN answered_at timestamptz;

CREATE OR REPLACE FUNCTION note_speech() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.speech_at := CASE WHEN NEW.reached_at IS NOT NULL THEN coalesce((SELECT coalesce(answered_at, rang_at, dialled_at)
        FROM attempt WHERE callback_id = NEW.id ORDER BY attempt.id DESC LIMIT 1), NEW.reached_at) END;
    RETURN NEW;
END $$;
