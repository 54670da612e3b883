-- A stream can be analysed again with other options: its highlights stand until the new analysis has chosen, and each says
-- which analysis chose it last.
ALTER TABLE streams ADD COLUMN analysis integer NOT NULL DEFAULT 1 CHECK (analysis >= 1);
ALTER TABLE highlights ADD COLUMN analysis integer NOT NULL DEFAULT 1 CHECK (analysis >= 1);
ALTER TABLE model_plans ADD COLUMN analysis integer NOT NULL DEFAULT 1 CHECK (analysis >= 1);
