-- Every change of a set is a row of its own: a version stays as it was. The newest one is the current one until the set is
-- deleted, which takes it from all lists and leaves the rows.
CREATE TABLE dimension_sets (
    organization_id uuid        NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id              uuid        NOT NULL,
    version         integer     NOT NULL CHECK (version > 0),
    name            text        NOT NULL,
    -- json, not jsonb: keeps the order of categories and of the conditions of a type.
    definition      json        NOT NULL,
    is_current      boolean     NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now(),
    deleted_at      timestamptz,
    PRIMARY KEY (organization_id, id, version)
);

CREATE UNIQUE INDEX dimension_sets_current ON dimension_sets (organization_id, id)
    WHERE is_current AND deleted_at IS NULL;

-- The set that the stream was submitted with, its version and its definition, and those that it falls back on: what changes
-- later does not touch the stream. Null in rows of before: the preset of the options.
ALTER TABLE streams
    ADD COLUMN dimension_set json,
    -- Which of them scored the stream; null until it is scored, and when none could.
    ADD COLUMN scored_with   text;

ALTER TABLE candidates
    DROP CONSTRAINT candidates_rule_check,
    ADD CONSTRAINT candidates_rule_check CHECK (rule IN ('selected', 'below_threshold', 'crowded', 'other_type', 'merged',
        'too_short', 'overlap', 'cooldown', 'beyond_max_highlights')),
    -- What the type writes on its highlights.
    ADD COLUMN tags     text[] NOT NULL DEFAULT '{}',
    ADD COLUMN metadata jsonb  NOT NULL DEFAULT '{}';
