-- What happened in a stream, as somebody outside of it says: goals, kills, bids, slides, "clip that". Read by every analysis
-- and preview beside the signals.
CREATE TABLE stream_markers (
    organization_id uuid             NOT NULL,
    stream_id       uuid             NOT NULL,
    id              uuid             NOT NULL,
    kind            text             NOT NULL,
    -- Seconds of the stream, to the millisecond.
    marked_at       double precision NOT NULL CHECK (marked_at >= 0),
    -- Empty: none.
    label           text             NOT NULL DEFAULT '',
    weight          double precision NOT NULL CHECK (weight BETWEEN 0 AND 1),
    lead            double precision NOT NULL CHECK (lead >= 0),
    lag             double precision NOT NULL CHECK (lag >= 0),
    metadata        jsonb            NOT NULL DEFAULT '{}',
    created_at      timestamptz      NOT NULL DEFAULT now(),
    PRIMARY KEY (organization_id, stream_id, id),
    -- The same thing that happened is the same marker, however often it is sent.
    UNIQUE (organization_id, stream_id, marked_at, kind, label),
    FOREIGN KEY (organization_id, stream_id) REFERENCES streams (organization_id, id) ON DELETE CASCADE
);

SELECT protect_tenant_table('stream_markers');
