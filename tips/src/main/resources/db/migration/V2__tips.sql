-- A code is kept as its keyed digest; the key lies outside the database. No table tells who called, or when.

CREATE TABLE tip (
    code_mark  bytea PRIMARY KEY CHECK (length(code_mark) = 32),
    status     text NOT NULL CHECK (status IN ('received', 'in_review', 'arrest', 'reward_approved', 'closed', 'retired'))
);

CREATE TABLE tip_change (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code_mark  bytea NOT NULL REFERENCES tip (code_mark),
    status     text NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX tip_change_by_tip ON tip_change (code_mark, id);
