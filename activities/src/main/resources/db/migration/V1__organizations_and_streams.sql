-- Every row of a tenant carries organization_id, first in every key and index, so that each look-up names its tenant and a
-- child can only belong to a parent of the same tenant. Ids are UUIDv7, made by the program.

CREATE TABLE organizations (
    id             uuid PRIMARY KEY,
    name           text        NOT NULL,
    plan           text        NOT NULL CHECK (plan IN ('starter', 'professional', 'enterprise')),
    -- The number of the organization's latest event. Raised in the transaction that writes the event: no gap, no twin.
    event_sequence bigint      NOT NULL DEFAULT 0,
    created_at     timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 50); -- event_sequence changes often: leave room for the new version of the row on its own page

CREATE TABLE api_keys (
    organization_id uuid        NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id              uuid        NOT NULL,
    name            text        NOT NULL,
    key_hash        bytea       NOT NULL UNIQUE CHECK (length(key_hash) = 32),
    preview         text        NOT NULL,
    scopes          text[]      NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now(),
    expires_at      timestamptz,
    revoked_at      timestamptz,
    last_used_at    timestamptz,
    PRIMARY KEY (organization_id, id)
);

CREATE TABLE streams (
    organization_id         uuid        NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id                      uuid        NOT NULL,
    source_url              text        NOT NULL,
    -- SHA-256 of the normalised URL: what "the same source" means, and short enough for an index.
    source_key              bytea       NOT NULL CHECK (length(source_key) = 32),
    platform                text        NOT NULL
        CHECK (platform IN ('twitch', 'youtube', 'hls', 'dash', 'rtmp', 'rtsp', 'srt', 'file', 'upload')),
    status                  text        NOT NULL
        CHECK (status IN ('pending', 'processing', 'completed', 'failed', 'stopped')),
    is_live                 boolean     NOT NULL,
    allow_duplicate         boolean     NOT NULL,
    options                 jsonb       NOT NULL,
    metadata                jsonb       NOT NULL,
    progress                jsonb       NOT NULL,
    -- Part of the stream that was measured, 0–1; null until the end.
    coverage                double precision CHECK (coverage BETWEEN 0 AND 1),
    highlight_count         integer     NOT NULL DEFAULT 0 CHECK (highlight_count >= 0),
    statistics              jsonb,
    errors                  jsonb       NOT NULL DEFAULT '[]',
    empty_reason            text,
    workflow_id             text        NOT NULL,
    -- Null until the workflow's start was acknowledged: the sweep starts what a crash left here.
    workflow_started_at     timestamptz,
    -- Null until the source is stored, and again when a failed stream's source was removed.
    recording_key           text,
    recording_size          bigint,
    recording_sha256        text,
    media                   jsonb,
    segment_count           integer,
    duration_seconds        double precision,
    processing_time_seconds double precision,
    created_at              timestamptz NOT NULL DEFAULT now(),
    started_at              timestamptz,
    completed_at            timestamptz,
    updated_at              timestamptz NOT NULL DEFAULT now(),
    -- Raised by every change but progress: the ETag.
    version                 bigint      NOT NULL DEFAULT 1,
    PRIMARY KEY (organization_id, id),
    CHECK ((completed_at IS NOT NULL) = (status IN ('completed', 'failed', 'stopped')))
);

-- One source is in process once in an organization, whoever races whom.
CREATE UNIQUE INDEX streams_in_process ON streams (organization_id, source_key)
    WHERE status IN ('pending', 'processing') AND NOT allow_duplicate;
CREATE INDEX streams_by_creation ON streams (organization_id, created_at DESC, id DESC);
CREATE INDEX streams_by_status ON streams (organization_id, status, created_at DESC, id DESC);
CREATE INDEX streams_by_content ON streams (organization_id, recording_sha256) WHERE recording_sha256 IS NOT NULL;
-- The sweep looks over all tenants.
CREATE INDEX streams_unstarted ON streams (created_at) WHERE status = 'pending' AND workflow_started_at IS NULL;

CREATE TABLE events (
    organization_id uuid        NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    sequence        bigint      NOT NULL CHECK (sequence > 0),
    id              uuid        NOT NULL,
    type            text        NOT NULL,
    -- Kept when the stream is deleted: what happened, happened. No foreign key.
    stream_id       uuid,
    data            jsonb       NOT NULL,
    created_at      timestamptz NOT NULL,
    PRIMARY KEY (organization_id, sequence),
    UNIQUE (organization_id, id)
);

CREATE INDEX events_of_stream ON events (organization_id, stream_id, sequence);
