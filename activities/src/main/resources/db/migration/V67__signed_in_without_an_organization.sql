-- Somebody whose organizations are all gone stays signed in, to make another one or to leave: a refresh token outlives the
-- organization that it was for. Null: none.
ALTER TABLE refresh_tokens
    ALTER COLUMN in_organization DROP NOT NULL,
    DROP CONSTRAINT refresh_tokens_in_organization_fkey,
    ADD CONSTRAINT refresh_tokens_in_organization_fkey
        FOREIGN KEY (in_organization) REFERENCES organizations (id) ON DELETE SET NULL;
