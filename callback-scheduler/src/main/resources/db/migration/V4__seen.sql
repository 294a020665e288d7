-- A supervisor or manager has seen an alarm: it is not repeated. Whatever a person must decide is rung for as well.

ALTER TABLE callback ADD COLUMN seen_at timestamptz;

ALTER TABLE callback DROP CONSTRAINT rung_while_owed;
UPDATE callback SET round_begun = now(), round_from = now(), rungs_until = now() - interval '1 ms', together = false,
    wake_at = now()
    WHERE state = 'undecided';
ALTER TABLE callback ADD CONSTRAINT rung_while_owed CHECK ((state <> 'closed') = (round_begun IS NOT NULL));

ALTER TABLE offer DROP CONSTRAINT offer_outcome_check;
ALTER TABLE offer ADD CONSTRAINT offer_outcome_check CHECK (outcome IN
    ('taken', 'declined', 'seen', 'silent', 'unanswered', 'busy', 'failed', 'taken_by_another', 'withdrawn', 'lost'));
