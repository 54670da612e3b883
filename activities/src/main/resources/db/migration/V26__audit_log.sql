-- What was done that matters for security, by whom and from where. Written with the change it tells about; never changed.

CREATE TABLE audit_log (
    organization_id uuid        NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id              uuid        NOT NULL,
    action          text        NOT NULL,
    -- Public ids: of a user or a key; null when nobody was signed in. They outlive what they name.
    actor           text,
    target          text,
    address         inet,
    request_id      text        NOT NULL,
    details         jsonb       NOT NULL DEFAULT '{}',
    created_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organization_id, id)
);

CREATE INDEX audit_log_by_action ON audit_log (organization_id, action, id DESC);
CREATE INDEX audit_log_by_actor ON audit_log (organization_id, actor, id DESC) WHERE actor IS NOT NULL;
