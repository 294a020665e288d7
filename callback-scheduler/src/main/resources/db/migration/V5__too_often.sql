-- How often a number was asked for within a day.

CREATE INDEX callback_by_number ON callback (number_mark, requested_at);
