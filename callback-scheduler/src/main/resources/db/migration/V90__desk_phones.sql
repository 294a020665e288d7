-- Phones in browsers. A person keeps the place that they were given first, so that its password is never another's; the
-- place is open while a window of theirs is connected, through one node.

CREATE TABLE desk_phone (
    place     integer PRIMARY KEY CHECK (place BETWEEN 1 AND 99),
    account   text NOT NULL UNIQUE REFERENCES account (name) ON DELETE CASCADE,
    open_line uuid,
    node      text NOT NULL DEFAULT '',
    until_at  timestamptz NOT NULL DEFAULT '-infinity'
);

-- What is rung for a person now: their own phone in the browser while it is open, else what stands in their row.
CREATE FUNCTION phone_now(person text, phone text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN phone = 'browser'
        THEN coalesce((SELECT 'desk' || d.place FROM desk_phone d WHERE d.account = person AND d.until_at > clock_timestamp()), phone)
        ELSE phone END
$$;
