-- When the sweep last looked whether the stream's workflow is still there: each open stream is looked at by one node at a time
-- and seldom, however many nodes sweep.
ALTER TABLE streams ADD COLUMN workflow_looked_at timestamptz NOT NULL DEFAULT now();

-- The sweep looks over all tenants.
CREATE INDEX streams_open ON streams (workflow_looked_at)
    WHERE status IN ('pending', 'processing') AND workflow_started_at IS NOT NULL;
