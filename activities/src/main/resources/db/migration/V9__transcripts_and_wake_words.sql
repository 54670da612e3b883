-- What is said in the range of a moment, line by line, as far as somebody listened. A highlight keeps its own copy. Wake
-- words need no column: they stand in a stream's options, and what they did stands among the reasons.
ALTER TABLE candidates ADD COLUMN transcript json NOT NULL DEFAULT '[]';
ALTER TABLE highlights ADD COLUMN transcript json NOT NULL DEFAULT '[]';
