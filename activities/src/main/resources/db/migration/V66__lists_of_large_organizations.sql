-- Lists that looked at all rows of an organization for one page: batches of one status, and highlights of all streams by the time
-- within their stream.
CREATE INDEX batches_by_status ON batches (organization_id, status, created_at DESC, id DESC);
CREATE INDEX highlights_of_all_by_start ON highlights (organization_id, start_time, id);
