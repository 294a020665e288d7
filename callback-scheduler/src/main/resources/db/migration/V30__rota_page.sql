-- Supervisors are rung for a gap in the rota that nobody has seen; again after a while.
ALTER TABLE alert ADD COLUMN paged_at timestamptz CHECK (paged_at >= raised_at);
