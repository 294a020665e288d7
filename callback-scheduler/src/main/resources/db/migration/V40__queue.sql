-- The queue, most urgent first, without reading what is closed.
CREATE INDEX callback_in_queue ON callback ((kept_at IS NOT NULL), due_at, id) WHERE state <> 'closed';

-- A person asked for this call-back themselves: while their phone rings for it, it is theirs before it is anybody else's.
ALTER TABLE offer ADD COLUMN wanted boolean NOT NULL DEFAULT false;
CREATE UNIQUE INDEX one_wanted_offer_per_callback ON offer (callback_id) WHERE wanted AND ended_at IS NULL;
CREATE INDEX offer_wanted ON offer (ended_at) WHERE wanted;

-- What a person had in hand last.
CREATE INDEX offer_by_responder ON offer (responder_id, ended_at);
