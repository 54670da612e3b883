-- What is pinned is kept whatever the plan says.
ALTER TABLE streams
    ADD COLUMN pinned     boolean NOT NULL DEFAULT false,
    -- When its time was over and all of it went but its pinned highlights, for which the row stays. Null again when one of them is
    -- pinned no more, or gone.
    ADD COLUMN trimmed_at timestamptz;
ALTER TABLE highlights ADD COLUMN pinned boolean NOT NULL DEFAULT false;

-- What goes next, in each organization.
CREATE INDEX streams_to_expire ON streams (organization_id, completed_at, id)
    WHERE completed_at IS NOT NULL AND NOT pinned AND trimmed_at IS NULL;
CREATE INDEX streams_pinned ON streams (organization_id, created_at DESC, id DESC) WHERE pinned;
CREATE INDEX highlights_pinned ON highlights (organization_id, created_at DESC, id DESC) WHERE pinned;
