-- The keys that all nodes need, sealed under the API token: whoever joins with the token can open them.

CREATE TABLE key_share (
    name         text PRIMARY KEY,
    fingerprint  bytea NOT NULL,
    salt         bytea NOT NULL,
    sealed       bytea NOT NULL,
    token_mark   bytea NOT NULL
);
