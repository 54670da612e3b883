-- A clip that is to be cut anew, as a person wants its edges; the highlight keeps the old one until the new one is in place.
ALTER TABLE highlights
    -- The version of the highlight that asked for it: part of the workflow's id and of the files' names. Null: none is wanted.
    ADD COLUMN recut_version bigint,
    ADD COLUMN recut_start double precision CHECK (recut_start >= 0),
    ADD COLUMN recut_end double precision,
    -- Why it could not be cut; null as long as it may be.
    ADD COLUMN recut_error text,
    ADD COLUMN recut_asked_at timestamptz,
    -- When the start of its workflow was acknowledged last; null: a sweep will start it.
    ADD COLUMN recut_started_at timestamptz,
    ADD CONSTRAINT highlights_recut CHECK (
        (recut_version IS NULL) = (recut_start IS NULL) AND (recut_version IS NULL) = (recut_end IS NULL)
        AND (recut_version IS NULL) = (recut_asked_at IS NULL) AND recut_end > recut_start);

-- The sweep looks over all tenants.
CREATE INDEX highlights_to_recut ON highlights (recut_asked_at) WHERE recut_version IS NOT NULL AND recut_error IS NULL;
