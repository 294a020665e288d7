-- Numbers are sealed under the key of a period from the first one on.
UPDATE callback SET period = 1 WHERE period = 0;
ALTER TABLE callback ALTER COLUMN period SET DEFAULT 1, ADD CHECK (period > 0);

UPDATE callback_period SET period = 1, begun_at = clock_timestamp() WHERE period = 0;
ALTER TABLE callback_period DROP CONSTRAINT callback_period_period_check, ADD CHECK (period > 0);
