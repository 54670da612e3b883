-- What an organization has used, written by what happens: a stream's seconds and stored bytes when it ends (only what an earlier
-- analysis of it has not written already), requests to the API by the hour. What a model cost is in model_calls.
CREATE TABLE usage_records (
    organization_id uuid             NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id              uuid             NOT NULL,
    metric          text             NOT NULL CHECK (metric IN ('stream_seconds', 'storage_bytes', 'api_calls')),
    -- Below 0: stored bytes that are gone.
    quantity        double precision NOT NULL,
    -- Kept when the stream is deleted: what was used was used. No foreign key.
    stream_id       uuid,
    created_at      timestamptz      NOT NULL DEFAULT now(),
    PRIMARY KEY (organization_id, id),
    CHECK ((stream_id IS NULL) = (metric = 'api_calls'))
);

CREATE INDEX usage_records_by_time ON usage_records (organization_id, created_at DESC);
CREATE INDEX usage_records_of_stream ON usage_records (organization_id, stream_id, metric) WHERE stream_id IS NOT NULL;
-- One row an hour, whichever process counts.
CREATE UNIQUE INDEX usage_records_of_hour ON usage_records (organization_id, created_at) WHERE metric = 'api_calls';

-- Which levels of a limit were told of in a month: each once.
CREATE TABLE usage_notices (
    organization_id uuid        NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    period_start    timestamptz NOT NULL,
    metric          text        NOT NULL CHECK (metric IN ('stream_hours', 'storage_bytes')),
    percentage      integer     NOT NULL CHECK (percentage IN (80, 100)),
    PRIMARY KEY (organization_id, period_start, metric, percentage)
);
