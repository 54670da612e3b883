-- Every request to a model, written before it is sent and completed when its outcome is known: whoever is killed in
-- between leaves an estimate standing, so that no budget is overspent unseen. What was spent stays spent when its stream
-- is deleted: no foreign key to it.
CREATE TABLE model_calls (
    organization_id uuid           NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id              uuid           NOT NULL,
    stream_id       uuid           NOT NULL,
    -- Null: a comparison of moments of several windows.
    window_number   integer        CHECK (window_number >= 0),
    kind            text           NOT NULL CHECK (kind IN ('window', 'comparison', 'repair')),
    model           text           NOT NULL,
    sent_at         timestamptz    NOT NULL,
    state           text           NOT NULL CHECK (state IN ('sent', 'charged', 'not_charged', 'unknown')),
    text_tokens     bigint         NOT NULL CHECK (text_tokens >= 0),
    video_tokens    bigint         NOT NULL CHECK (video_tokens >= 0),
    audio_tokens    bigint         NOT NULL CHECK (audio_tokens >= 0),
    output_tokens   bigint         NOT NULL CHECK (output_tokens >= 0),
    cost_usd        numeric(18, 6) NOT NULL CHECK (cost_usd >= 0),
    PRIMARY KEY (organization_id, id)
);

CREATE INDEX model_calls_of_stream ON model_calls (organization_id, stream_id);
CREATE INDEX model_calls_of_day ON model_calls (organization_id, sent_at);
-- The provider counts the requests of all tenants together.
CREATE INDEX model_calls_by_time ON model_calls (sent_at);

-- What was asked about a window and what came of it: an answered window is never asked, or paid for, again.
CREATE TABLE model_windows (
    organization_id uuid           NOT NULL,
    stream_id       uuid           NOT NULL,
    window_number   integer        NOT NULL CHECK (window_number >= 0),
    -- SHA-256 of model, instructions, dimensions, units and form of the answer.
    asked           text           NOT NULL CHECK (asked ~ '^[0-9a-f]{64}$'),
    model           text           NOT NULL,
    -- Null: there is none that can be used, and unusable_reason says why.
    answer          json,
    unusable_reason text
        CHECK (unusable_reason IN ('malformed', 'empty', 'cut_off', 'blocked', 'clip_refused')),
    explanation     text,
    -- Which cheaper way of asking was taken; null: none.
    degraded        text,
    text_tokens     bigint         NOT NULL,
    video_tokens    bigint         NOT NULL,
    audio_tokens    bigint         NOT NULL,
    output_tokens   bigint         NOT NULL,
    cost_usd        numeric(18, 6) NOT NULL CHECK (cost_usd >= 0),
    answered_at     timestamptz    NOT NULL DEFAULT now(),
    PRIMARY KEY (organization_id, stream_id, window_number, asked),
    FOREIGN KEY (organization_id, stream_id) REFERENCES streams (organization_id, id) ON DELETE CASCADE,
    CHECK ((answer IS NULL) = (unusable_reason IS NOT NULL))
);
