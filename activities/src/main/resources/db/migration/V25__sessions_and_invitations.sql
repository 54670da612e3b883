-- Sign-ins and what follows from them. Tokens are known by their hash alone.

-- One sign-in: all tokens that follow from it end with it.
CREATE TABLE sessions (
    id              uuid PRIMARY KEY,
    user_id         uuid        NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    address         inet,
    created_at      timestamptz NOT NULL DEFAULT now(),
    revoked_at      timestamptz
);

CREATE INDEX sessions_of_user ON sessions (user_id);

CREATE TABLE refresh_tokens (
    token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
    -- The family.
    session_id uuid        NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    -- Of the access tokens that it gives, unless another one is asked for; gone with it.
    in_organization uuid   NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    -- Presented once: presented again, it was stolen, and the session ends.
    used_at    timestamptz
);

CREATE INDEX refresh_tokens_of_session ON refresh_tokens (session_id);
CREATE INDEX refresh_tokens_by_end ON refresh_tokens (expires_at);

CREATE TABLE one_time_tokens (
    token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
    user_id    uuid        NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    purpose    text        NOT NULL CHECK (purpose IN ('password_reset', 'email_verification')),
    -- The address it was sent to: it proves nothing about a later one.
    email      text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    used_at    timestamptz
);

CREATE INDEX one_time_tokens_of_user ON one_time_tokens (user_id, purpose);

CREATE TABLE invitations (
    organization_id uuid        NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id              uuid        NOT NULL,
    email           text        NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
    role            text        NOT NULL CHECK (role IN ('owner', 'admin', 'member', 'viewer')),
    token_hash      bytea       NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    -- Null: by a key that whoever runs the installation made.
    invited_by      uuid REFERENCES users (id) ON DELETE SET NULL,
    created_at      timestamptz NOT NULL DEFAULT now(),
    expires_at      timestamptz NOT NULL,
    accepted_at     timestamptz,
    revoked_at      timestamptz,
    PRIMARY KEY (organization_id, id)
);

-- One address is invited once at a time.
CREATE UNIQUE INDEX invitations_open ON invitations (organization_id, lower(email))
    WHERE accepted_at IS NULL AND revoked_at IS NULL;

-- How often somebody tried within a window of time: sign-ins by account and by address, mails by receiver. The subject is a
-- hash, so that no address stands here.
CREATE TABLE attempts (
    subject    bytea PRIMARY KEY CHECK (length(subject) = 32),
    number     integer     NOT NULL,
    ends_at    timestamptz NOT NULL
);

CREATE INDEX attempts_by_end ON attempts (ends_at);

CREATE FUNCTION announce_session_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('tldr_accounts', 'session ' || OLD.id);
    RETURN NULL;
END $$;

CREATE TRIGGER sessions_ended
    AFTER DELETE OR UPDATE OF revoked_at ON sessions
    FOR EACH ROW EXECUTE FUNCTION announce_session_end();
