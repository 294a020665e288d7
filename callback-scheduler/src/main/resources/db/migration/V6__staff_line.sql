-- Staff sign in on the staff line with a code and a PIN; of the PIN only a mark is kept.

ALTER TABLE responder ADD COLUMN staff_code text UNIQUE CHECK (staff_code ~ '^[0-9]{4}$');
ALTER TABLE responder ADD COLUMN pin_mark bytea CHECK (octet_length(pin_mark) = 32);

-- What did not sign anybody in, whether or not the code is somebody's: it makes the next answers slower.
CREATE TABLE sign_in_failure (
    staff_code  text NOT NULL CHECK (staff_code ~ '^[0-9]{4}$'),
    at          timestamptz NOT NULL
);

CREATE INDEX sign_in_failure_by_time ON sign_in_failure (at);
