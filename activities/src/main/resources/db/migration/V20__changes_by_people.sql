-- Objects that no row names any more: noted in the transaction that deletes the row, forgotten when they are gone.
CREATE TABLE object_removals (
    -- No foreign key: the objects of an organization outlive its row.
    organization_id uuid        NOT NULL,
    folder          text        NOT NULL,
    noted_at        timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organization_id, folder)
);

-- What a person wrote on a highlight, which no later analysis writes over.
ALTER TABLE highlights ADD COLUMN edited text[] NOT NULL DEFAULT '{}';

-- Lists over all streams of an organization.
CREATE INDEX highlights_of_all_by_confidence ON highlights (organization_id, confidence_score DESC, id DESC);
CREATE INDEX highlights_of_all_by_creation ON highlights (organization_id, created_at DESC, id DESC);

-- What people think of a highlight.
CREATE TABLE highlight_feedback (
    organization_id uuid             NOT NULL,
    highlight_id    uuid             NOT NULL,
    id              uuid             NOT NULL,
    verdict         text             NOT NULL CHECK (verdict IN ('accurate', 'inaccurate', 'boundaries')),
    -- Where it should begin and end instead, seconds of the stream.
    start_time      double precision CHECK (start_time >= 0),
    end_time        double precision,
    comment         text,
    -- The version that was judged.
    version         bigint           NOT NULL,
    created_at      timestamptz      NOT NULL DEFAULT now(),
    PRIMARY KEY (organization_id, highlight_id, id),
    FOREIGN KEY (organization_id, highlight_id) REFERENCES highlights (organization_id, id) ON DELETE CASCADE
);
