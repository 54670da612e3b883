-- A highlight keeps its own copy of how its confidence comes about: the ledger is that of the latest analysis, and not all
-- highlights are. Those of before get it where the ledger still has the moment that they were.
ALTER TABLE highlights ADD COLUMN reckoning json;

UPDATE highlights
SET reckoning = candidate.reckoning
FROM candidates candidate
WHERE candidate.organization_id = highlights.organization_id AND candidate.stream_id = highlights.stream_id
  AND candidate.number = highlights.candidate AND candidate.peak_time = highlights.peak_time
  AND candidate.confidence = highlights.confidence_score;
