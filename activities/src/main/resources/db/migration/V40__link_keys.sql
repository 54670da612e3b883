-- Which keys are addresses of an organization's files signed with? Their secrets come from the program's own, by organization and
-- number; what is here says which numbers are good. Without a row it is the first one.
CREATE TABLE link_keys (
    organization_id uuid        NOT NULL PRIMARY KEY REFERENCES organizations (id) ON DELETE CASCADE,
    -- Signed with from now on.
    current         integer     NOT NULL CHECK (current >= 1),
    -- Until when the one before is good; those before it are not.
    previous_until  timestamptz NOT NULL,
    rotated_at      timestamptz NOT NULL DEFAULT now(),
    -- The request that asked for it, which may come again.
    rotation        uuid        NOT NULL
);

SELECT protect_tenant_table('link_keys');
