-- What was answered to a POST that carried an Idempotency-Key: the same request gets the same answer for a day, and is done
-- once whoever races whom.
CREATE TABLE idempotency_keys (
    organization_id uuid        NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    key             text        NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
    -- SHA-256 of method, path, query and body.
    fingerprint     bytea       NOT NULL CHECK (length(fingerprint) = 32),
    -- What the request makes gets this id, in every try.
    resource_id     uuid        NOT NULL,
    -- The try that is under way, and until when nobody else begins another; it is prolonged while it lasts.
    holder          uuid        NOT NULL,
    held_until      timestamptz NOT NULL,
    -- The scopes of who asked: who has fewer does not get the answer.
    scopes          text[]      NOT NULL,
    -- Null until there is an answer. The body is sealed: it may show a secret that is shown once.
    status          integer,
    headers         jsonb,
    body            bytea,
    created_at      timestamptz NOT NULL DEFAULT now(),
    expires_at      timestamptz NOT NULL,
    PRIMARY KEY (organization_id, key),
    CHECK ((status IS NULL) = (body IS NULL) AND (status IS NULL) = (headers IS NULL))
);

-- The sweep looks over all tenants.
CREATE INDEX idempotency_keys_by_expiry ON idempotency_keys (expires_at);
