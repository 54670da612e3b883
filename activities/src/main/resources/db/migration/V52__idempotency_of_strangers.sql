-- What was answered to a POST with an Idempotency-Key of somebody whom nobody knows yet: to register, to sign in, to come in by
-- a link. As idempotency_keys, which has those of organizations; a key belongs to whom the request names.
CREATE TABLE open_idempotency_keys (
    -- HMAC of the e-mail address or the token in the body.
    sender          bytea       NOT NULL CHECK (length(sender) = 32),
    key             text        NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
    -- HMAC of SHA-256 of method, path, query and body: by SHA-256 alone a password could be guessed at.
    fingerprint     bytea       NOT NULL CHECK (length(fingerprint) = 32),
    resource_id     uuid        NOT NULL,
    holder          uuid        NOT NULL,
    held_until      timestamptz NOT NULL,
    -- None: nobody is known.
    scopes          text[]      NOT NULL,
    -- Null until there is an answer; the body is sealed.
    status          integer,
    headers         jsonb,
    body            bytea,
    created_at      timestamptz NOT NULL DEFAULT now(),
    expires_at      timestamptz NOT NULL,
    PRIMARY KEY (sender, key),
    CHECK ((status IS NULL) = (body IS NULL) AND (status IS NULL) = (headers IS NULL))
);

CREATE INDEX open_idempotency_keys_by_expiry ON open_idempotency_keys (expires_at);
