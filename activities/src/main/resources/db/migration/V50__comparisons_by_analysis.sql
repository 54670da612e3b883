-- In which analysis the finalists were compared: what could not be used is asked again by the next one, what could is not.
ALTER TABLE model_comparisons ADD COLUMN analysis integer NOT NULL DEFAULT 1 CHECK (analysis >= 1);
