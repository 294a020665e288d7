-- A desk's browser is known to everybody who has signed in there, not only to the last of them.
ALTER TABLE known_device DROP CONSTRAINT known_device_pkey;
ALTER TABLE known_device ADD PRIMARY KEY (mark, account);

-- A password that another person gave is good for a few days.
ALTER TABLE account ADD COLUMN given_at timestamptz NOT NULL DEFAULT clock_timestamp();

-- When it was last noted in the audit that tries with this name are held back; empty: with names that are nobody's.
CREATE TABLE held_back (
    account  text PRIMARY KEY CHECK (length(account) <= 64),
    at       timestamptz NOT NULL DEFAULT clock_timestamp()
);
