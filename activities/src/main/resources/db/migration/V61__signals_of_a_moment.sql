-- What was measured in the best second of a moment, by signal; empty in what was written down before.
ALTER TABLE candidates ADD COLUMN signals json NOT NULL DEFAULT '{}';
ALTER TABLE highlights ADD COLUMN signals json NOT NULL DEFAULT '{}';
