-- People who sign in to the console. Of what they know only marks are kept.

CREATE TABLE account (
    name         text PRIMARY KEY CHECK (name ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
    id           uuid NOT NULL UNIQUE,
    scopes       text[] NOT NULL CHECK (cardinality(scopes) > 0),
    password     text,
    first        boolean NOT NULL DEFAULT true,
    totp_sealed  bytea,
    totp_step    bigint NOT NULL DEFAULT 0,
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE recovery_code (
    account  text NOT NULL REFERENCES account (name) ON DELETE CASCADE,
    mark     bytea NOT NULL CHECK (length(mark) = 32),
    PRIMARY KEY (account, mark)
);

CREATE TABLE session (
    mark      bytea PRIMARY KEY CHECK (length(mark) = 32),
    account   text NOT NULL REFERENCES account (name) ON DELETE CASCADE,
    csrf      text NOT NULL,
    begun_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    seen_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    until_at  timestamptz NOT NULL
);

CREATE INDEX session_by_account ON session (account);

-- A browser in which somebody has signed in before: tries of strangers do not hold it up.
CREATE TABLE known_device (
    mark     bytea PRIMARY KEY CHECK (length(mark) = 32),
    account  text NOT NULL REFERENCES account (name) ON DELETE CASCADE,
    seen_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Whether or not the name is somebody's; of a device that is not known the mark is empty.
CREATE TABLE account_failure (
    account  text NOT NULL CHECK (length(account) <= 64),
    device   bytea NOT NULL,
    at       timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX account_failure_by_account ON account_failure (account, at);
