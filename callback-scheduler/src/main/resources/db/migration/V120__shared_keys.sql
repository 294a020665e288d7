-- Keys that all nodes need, encrypted under the API token, and what a node that joins is handed: encrypted in another way from now on.
DROP TABLE key_share;
DROP TABLE key_wish;

CREATE TABLE shared_key (
    name         text PRIMARY KEY,
    fingerprint  bytea NOT NULL CHECK (length(fingerprint) = 32),
    encrypted    bytea NOT NULL
);

-- A node that joins asks the others for the chain of keys. The answer opens with a key that is in its memory alone.
CREATE TABLE key_transfer (
    id            uuid PRIMARY KEY,
    public_key    bytea NOT NULL,
    answer        bytea,
    requested_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
