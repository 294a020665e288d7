-- Call-backs for which more people are to be rung as soon as they are free: the most urgent first.

ALTER TABLE callback ADD COLUMN seeking boolean NOT NULL DEFAULT false;
ALTER TABLE callback ADD CONSTRAINT sought_while_untaken CHECK (NOT seeking OR state IN ('waiting', 'undecided'));

CREATE INDEX callback_by_urgency ON callback ((kept_at IS NOT NULL), due_at) WHERE seeking;

-- What a person had to decide about stays so when whoever took it leaves before dialling.
ALTER TABLE callback ADD COLUMN to_decide boolean NOT NULL DEFAULT false;
UPDATE callback SET to_decide = true WHERE state = 'undecided';
ALTER TABLE callback ADD CONSTRAINT undecided_is_to_decide CHECK (state NOT IN ('waiting', 'undecided')
    OR to_decide = (state = 'undecided'));
