-- How the confidence of a moment comes about by its score, number by number; null in streams of before.
ALTER TABLE candidates ADD COLUMN reckoning json;
