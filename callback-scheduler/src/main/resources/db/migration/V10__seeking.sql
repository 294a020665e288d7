-- Call-backs for which more people are to be rung as soon as they are free: the most urgent first.

ALTER TABLE callback ADD COLUMN seeking boolean NOT NULL DEFAULT false;
ALTER TABLE callback ADD CONSTRAINT sought_while_untaken CHECK (NOT seeking OR state IN ('waiting', 'undecided'));

CREATE INDEX callback_by_urgency ON callback ((kept_at IS NOT NULL), due_at) WHERE seeking;

-- Whoever holds what was to be decided gives it back as such.

ALTER TABLE callback ADD COLUMN to_decide boolean NOT NULL DEFAULT false;
ALTER TABLE callback ADD CONSTRAINT to_decide_while_held CHECK (NOT to_decide OR state IN ('claimed', 'dialing'));
