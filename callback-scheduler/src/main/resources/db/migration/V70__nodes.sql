-- The nodes, as they last told of themselves: for the operator's eyes. Nothing is decided by it.

CREATE TABLE node (
    id       text PRIMARY KEY,
    name     text NOT NULL,
    version  text NOT NULL,
    since    timestamptz NOT NULL,
    seen_at  timestamptz NOT NULL
);
