-- How many streams of an organization are in process at once is set by its plan: a stream waits, pending, until it is let in.
-- Since when it waits; null: its batch holds it back.
ALTER TABLE streams ADD COLUMN queued_at timestamptz DEFAULT now();
-- When it got its place, which it has until its end; null: it waits. An earlier version of the program lets streams in without
-- noting it here: what is in process has a place in any case.
ALTER TABLE streams ADD COLUMN admitted_at timestamptz;
UPDATE streams SET admitted_at = now() WHERE status IN ('pending', 'processing');

CREATE INDEX streams_waiting ON streams (organization_id, queued_at, id)
    WHERE status = 'pending' AND admitted_at IS NULL AND queued_at IS NOT NULL;

-- Many streams that are one order. How far they are, their own rows say.
CREATE TABLE batches (
    organization_id     uuid        NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id                  uuid        NOT NULL,
    status              text        NOT NULL CHECK (status IN ('processing', 'completed', 'cancelled')),
    parallel_limit      integer     NOT NULL CHECK (parallel_limit >= 1),
    cancel_requested_at timestamptz,
    -- Whether those under way keep only what is cut.
    cancel_force        boolean     NOT NULL DEFAULT false,
    -- When the batch's workflow was last started or made to look: each open batch is looked after by one node at a time.
    looked_at           timestamptz,
    created_at          timestamptz NOT NULL DEFAULT now(),
    completed_at        timestamptz,
    PRIMARY KEY (organization_id, id),
    CHECK ((completed_at IS NULL) = (status = 'processing')),
    CHECK (status <> 'cancelled' OR cancel_requested_at IS NOT NULL)
);

CREATE INDEX batches_by_creation ON batches (organization_id, created_at DESC, id DESC);
-- The sweep looks over all tenants.
CREATE INDEX batches_open ON batches (looked_at) WHERE status = 'processing';

-- Kept when its stream is deleted: no foreign key to it.
CREATE TABLE batch_entries (
    organization_id uuid    NOT NULL,
    batch_id        uuid    NOT NULL,
    position        integer NOT NULL CHECK (position >= 0),
    stream_id       uuid    NOT NULL,
    PRIMARY KEY (organization_id, batch_id, position),
    UNIQUE (organization_id, stream_id),
    FOREIGN KEY (organization_id, batch_id) REFERENCES batches (organization_id, id) ON DELETE CASCADE
);
