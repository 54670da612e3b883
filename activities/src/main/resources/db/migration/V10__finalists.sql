-- In which order the model put the best moments of a stream when it was shown them side by side: the same question is never
-- asked, or paid for, again, and scoring reads the order here.
CREATE TABLE model_comparisons (
    organization_id uuid           NOT NULL,
    stream_id       uuid           NOT NULL,
    -- SHA-256 of model, instructions, the finalists' words and scores, and which pictures of them are shown.
    asked           text           NOT NULL CHECK (asked ~ '^[0-9a-f]{64}$'),
    model           text           NOT NULL,
    -- The seconds of their peaks, in the order in which they are numbered.
    finalists       integer[]      NOT NULL CHECK (cardinality(finalists) >= 2),
    -- Null: there is none that can be used, and unusable_reason says why.
    answer          json,
    unusable_reason text
        CHECK (unusable_reason IN ('malformed', 'empty', 'cut_off', 'blocked', 'clip_refused')),
    explanation     text,
    text_tokens     bigint         NOT NULL,
    video_tokens    bigint         NOT NULL,
    audio_tokens    bigint         NOT NULL,
    output_tokens   bigint         NOT NULL,
    cost_usd        numeric(18, 6) NOT NULL CHECK (cost_usd >= 0),
    answered_at     timestamptz    NOT NULL DEFAULT now(),
    PRIMARY KEY (organization_id, stream_id, asked),
    FOREIGN KEY (organization_id, stream_id) REFERENCES streams (organization_id, id) ON DELETE CASCADE,
    CHECK ((answer IS NULL) = (unusable_reason IS NOT NULL))
);
