-- With which HTTP status the model refused a request; null: it did not, or nobody answered, or it was sent before this was noted.
-- The doctor tells a quota that is used up (429) from everything else by it.
ALTER TABLE model_calls ADD COLUMN refused_with integer CHECK (refused_with BETWEEN 100 AND 599);
