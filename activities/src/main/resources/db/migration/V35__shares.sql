-- Links by which anybody sees one highlight, for a time and so many times. Kept after their end for what was counted.
CREATE TABLE shares (
    organization_id uuid        NOT NULL,
    id              uuid        NOT NULL,
    highlight_id    uuid        NOT NULL,
    -- The link's token is known to nobody by this.
    token_hash      bytea       NOT NULL UNIQUE,
    -- Public id of the key or the person who made it.
    created_by      text        NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now(),
    expires_at      timestamptz NOT NULL,
    -- Null: as often as one likes.
    max_views       integer     CHECK (max_views >= 1),
    views           integer     NOT NULL DEFAULT 0,
    downloads       integer     NOT NULL DEFAULT 0,
    allow_download  boolean     NOT NULL,
    -- Empty: from everywhere.
    ip_ranges       text[]      NOT NULL DEFAULT '{}',
    revoked_at      timestamptz,
    PRIMARY KEY (organization_id, id),
    CHECK (views <= max_views),
    FOREIGN KEY (organization_id, highlight_id) REFERENCES highlights (organization_id, id) ON DELETE CASCADE
);

CREATE INDEX shares_of_highlight ON shares (organization_id, highlight_id, id DESC);

-- How often a link was used on each day (UTC).
CREATE TABLE share_days (
    organization_id uuid    NOT NULL,
    share_id        uuid    NOT NULL,
    day             date    NOT NULL,
    views           integer NOT NULL DEFAULT 0,
    downloads       integer NOT NULL DEFAULT 0,
    PRIMARY KEY (organization_id, share_id, day),
    FOREIGN KEY (organization_id, share_id) REFERENCES shares (organization_id, id) ON DELETE CASCADE
);

SELECT protect_tenant_table('shares');
SELECT protect_tenant_table('share_days');
