-- Who may use the desk and the API, and from where. Of what people know only fingerprints are kept.

-- Tokens of people and systems; what is kept of one is its SHA-256.
CREATE TABLE api_token (
    name         text PRIMARY KEY CHECK (name ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
    scope        text NOT NULL CHECK (scope ~ '^[a-z_]{1,40}$'),
    fingerprint  bytea NOT NULL UNIQUE CHECK (length(fingerprint) = 32),
    issued_at    timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- People who sign in. A password that another person gave is good for a few days from given_at on. Where an OpenID provider vouches
-- for somebody, the subject is its issuer and its lasting name for the person there, and provider_name what people read of that.
CREATE TABLE account (
    name            text PRIMARY KEY CHECK (name ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
    id              uuid NOT NULL UNIQUE,
    scopes          text[] NOT NULL CHECK (cardinality(scopes) > 0),
    password        text,
    first           boolean NOT NULL DEFAULT true,
    given_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    totp_encrypted  bytea,
    totp_step       bigint NOT NULL DEFAULT 0,
    subject         text UNIQUE CHECK (length(subject) BETWEEN 1 AND 2000),
    provider_name   text CHECK (length(provider_name) BETWEEN 1 AND 320),
    CONSTRAINT provided_without_password CHECK (subject IS NULL OR password IS NULL),
    CONSTRAINT provided_by_name CHECK ((subject IS NULL) = (provider_name IS NULL))
);

-- Who came from the provider, and may have an account here already: an administrator says which. Forgotten after a week.
CREATE TABLE waits_for_link (
    subject        text PRIMARY KEY CHECK (length(subject) BETWEEN 1 AND 2000),
    provider_name  text NOT NULL CHECK (length(provider_name) BETWEEN 1 AND 320),
    scopes         text[] NOT NULL CHECK (cardinality(scopes) > 0),
    asked_at       timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE recovery_code (
    account      text NOT NULL REFERENCES account (name) ON DELETE CASCADE,
    fingerprint  bytea NOT NULL CHECK (length(fingerprint) = 32),
    PRIMARY KEY (account, fingerprint)
);

-- A person sees where they are signed in. Of what a browser says of itself only its kind is kept.
CREATE TABLE session (
    fingerprint  bytea PRIMARY KEY CHECK (length(fingerprint) = 32),
    id           uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
    account      text NOT NULL REFERENCES account (name) ON DELETE CASCADE,
    browser      text NOT NULL DEFAULT 'a browser' CHECK (length(browser) BETWEEN 1 AND 60),
    csrf         text NOT NULL,
    begun_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    seen_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    until_at     timestamptz NOT NULL
);

CREATE INDEX session_by_account ON session (account);

-- A page that is open asks for itself anew, and is told that its session has ended.
CREATE TRIGGER told_of AFTER DELETE ON session FOR EACH ROW EXECUTE FUNCTION tell_of_changes();

-- A browser in which somebody has signed in before: tries of strangers do not hold it up. It is known to everybody who has signed in
-- there, not only to the last of them.
CREATE TABLE known_device (
    fingerprint  bytea NOT NULL CHECK (length(fingerprint) = 32),
    account      text NOT NULL REFERENCES account (name) ON DELETE CASCADE,
    seen_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (fingerprint, account)
);

-- Whether or not the name is somebody's; of a device that is not known the fingerprint is empty.
CREATE TABLE account_failure (
    account  text NOT NULL CHECK (length(account) <= 64),
    device   bytea NOT NULL,
    at       timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX account_failure_by_account ON account_failure (account, at);

-- When it was last noted in the audit that tries with this name are held back; empty: with names that are nobody's.
CREATE TABLE held_back (
    account  text PRIMARY KEY CHECK (length(account) <= 64),
    at       timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Displays, such as televisions, that show the wallboard. Until one is paired it has a code, which is told once; then what its browser shows.
CREATE TABLE display (
    id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name         text NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 60),
    made_by      text NOT NULL,
    code         bytea UNIQUE CHECK (length(code) = 32),
    code_until   timestamptz NOT NULL,
    fingerprint  bytea UNIQUE CHECK (length(fingerprint) = 32),
    seen_at      timestamptz,
    CONSTRAINT a_code_or_paired CHECK ((code IS NULL) <> (fingerprint IS NULL)),
    CONSTRAINT paired_was_seen CHECK ((fingerprint IS NULL) = (seen_at IS NULL))
);

-- Who loses the account loses the phone.
ALTER TABLE desk_phone ADD FOREIGN KEY (account) REFERENCES account (name) ON DELETE CASCADE;
