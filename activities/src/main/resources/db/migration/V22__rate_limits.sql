-- A key may have a limit of its own below that of its organization's plan; null: it has none.
ALTER TABLE api_keys ADD COLUMN requests_per_minute integer CHECK (requests_per_minute >= 1);

-- One bucket of requests for each organization with a limit, and for each key with one of its own, which all processes of the
-- API draw from, many at a time.
CREATE TABLE rate_buckets (
    organization_id uuid             NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    -- The key; of the organization's own bucket the organization.
    subject_id      uuid             NOT NULL,
    -- Requests a minute, and as many at once when nobody has asked for a minute.
    most            double precision NOT NULL CHECK (most >= 1),
    tokens          double precision NOT NULL CHECK (tokens >= 0),
    -- What the last one who asked was given.
    granted         integer          NOT NULL CHECK (granted >= 0),
    filled_at       timestamptz      NOT NULL,
    PRIMARY KEY (organization_id, subject_id)
) WITH (fillfactor = 50); -- each row changes often: leave room for its new version on its own page
