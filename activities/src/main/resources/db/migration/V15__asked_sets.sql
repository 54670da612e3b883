-- Along which dimension set the windows of the plan are asked about: a later analysis by rules alone leaves plan and answers.
ALTER TABLE streams ADD COLUMN asked_set json;

-- In which analysis an answer was given: what could not be used is asked again by the next one, what could is not.
ALTER TABLE model_windows ADD COLUMN analysis integer NOT NULL DEFAULT 1 CHECK (analysis >= 1);
