-- How a row was measured: the same way of the same recording gives the same signals. Null in rows from before that was noted.
ALTER TABLE signals ADD COLUMN way text;
-- The stream that they were measured for when that is another one of the organization; it may be gone since.
ALTER TABLE signals ADD COLUMN measured_for uuid;
