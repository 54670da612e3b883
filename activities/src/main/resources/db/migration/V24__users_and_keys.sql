-- People, what they are in which organizations, and what a key of theirs may do and from where.

CREATE TABLE users (
    id                uuid PRIMARY KEY,
    email             text        NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
    name              text        NOT NULL,
    -- Argon2id with its parameters and salt.
    password_hash     text        NOT NULL,
    email_verified_at timestamptz,
    created_at        timestamptz NOT NULL DEFAULT now(),
    updated_at        timestamptz NOT NULL DEFAULT now(),
    version           bigint      NOT NULL DEFAULT 1
);

-- One person has one address, however it is written.
CREATE UNIQUE INDEX users_by_email ON users (lower(email));

CREATE TABLE memberships (
    organization_id uuid        NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    user_id         uuid        NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role            text        NOT NULL CHECK (role IN ('owner', 'admin', 'member', 'viewer')),
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organization_id, user_id)
);

-- Which organizations somebody belongs to: asked before one is chosen.
CREATE INDEX memberships_of_user ON memberships (user_id);

ALTER TABLE organizations
    ADD COLUMN updated_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN version    bigint      NOT NULL DEFAULT 1;

ALTER TABLE api_keys
    -- Null: made by whoever runs the installation. Otherwise the key may do no more than its creator may now.
    ADD COLUMN created_by    uuid REFERENCES users (id) ON DELETE CASCADE,
    -- Empty: from everywhere.
    ADD COLUMN ip_allow_list cidr[] NOT NULL DEFAULT '{}',
    ADD COLUMN use_count     bigint NOT NULL DEFAULT 0,
    -- The key that takes its place; until expires_at both are good.
    ADD COLUMN successor_id  uuid,
    ADD COLUMN updated_at    timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN version       bigint NOT NULL DEFAULT 1;

CREATE INDEX api_keys_of_creator ON api_keys (organization_id, created_by);

-- Each process keeps for some seconds what it has read about keys and people. Whoever changes these rows, by whichever way,
-- tells all processes with the commit.
CREATE FUNCTION announce_key_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('tldr_accounts', 'key ' || encode(OLD.key_hash, 'hex'));
    RETURN NULL;
END $$;

CREATE TRIGGER api_keys_changed
    AFTER DELETE OR UPDATE OF scopes, expires_at, revoked_at, ip_allow_list, created_by, key_hash ON api_keys
    FOR EACH ROW EXECUTE FUNCTION announce_key_change();

CREATE FUNCTION announce_member_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('tldr_accounts', 'user ' || OLD.user_id);
    RETURN NULL;
END $$;

CREATE TRIGGER memberships_changed
    AFTER DELETE OR UPDATE OF role ON memberships
    FOR EACH ROW EXECUTE FUNCTION announce_member_change();
