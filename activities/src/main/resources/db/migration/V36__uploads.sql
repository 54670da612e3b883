-- Files that clients send, at once or piece by piece, until the stream that is made of one has stored it as its source.
CREATE TABLE uploads (
    organization_id uuid        NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id              uuid        NOT NULL,
    -- How a stream names it.
    source_url      text        NOT NULL,
    -- What the keys of its objects begin with.
    folder          text        NOT NULL,
    -- Bytes; null: not known before the end.
    length          bigint CHECK (length > 0),
    received        bigint      NOT NULL DEFAULT 0 CHECK (received >= 0 AND received <= length),
    -- SHA-256 of the bytes so far, unfinished: the hash of the whole is known with the last of them, whoever gets it.
    hash_state      text        NOT NULL DEFAULT '',
    sha256          text,
    declared_sha256 text,
    -- What the client said about it, as it said it.
    metadata        text        NOT NULL DEFAULT '',
    created_at      timestamptz NOT NULL DEFAULT now(),
    expires_at      timestamptz NOT NULL,
    completed_at    timestamptz,
    -- What it became; it goes with it.
    stream_id       uuid,
    PRIMARY KEY (organization_id, id),
    UNIQUE (organization_id, source_url),
    CHECK ((completed_at IS NULL) = (sha256 IS NULL)),
    CHECK (stream_id IS NULL OR completed_at IS NOT NULL),
    FOREIGN KEY (organization_id, stream_id) REFERENCES streams (organization_id, id) ON DELETE CASCADE
);

CREATE UNIQUE INDEX uploads_of_stream ON uploads (organization_id, stream_id) WHERE stream_id IS NOT NULL;
-- The sweep looks over all tenants.
CREATE INDEX uploads_by_end ON uploads (expires_at) WHERE stream_id IS NULL;

-- Where its bytes are: one object after the other. Gone when its stream has stored them.
CREATE TABLE upload_parts (
    organization_id uuid   NOT NULL,
    upload_id       uuid   NOT NULL,
    start           bigint NOT NULL CHECK (start >= 0),
    size            bigint NOT NULL CHECK (size > 0),
    object_key      text   NOT NULL,
    PRIMARY KEY (organization_id, upload_id, start),
    FOREIGN KEY (organization_id, upload_id) REFERENCES uploads (organization_id, id) ON DELETE CASCADE
);

-- An upload becomes one stream: two that are submitted at once do not both get it.
CREATE FUNCTION take_upload() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE uploads SET stream_id = NEW.id
    WHERE organization_id = NEW.organization_id AND source_url = NEW.source_url
      AND stream_id IS NULL AND completed_at IS NOT NULL;
    IF NOT FOUND THEN
        RAISE unique_violation USING MESSAGE = 'the upload is not there, not whole, or has become a stream';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER streams_take_uploads
    AFTER INSERT ON streams
    FOR EACH ROW WHEN (NEW.platform = 'upload') EXECUTE FUNCTION take_upload();

-- However an upload's row goes, its objects follow.
CREATE FUNCTION note_upload_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO object_removals (organization_id, folder) VALUES (OLD.organization_id, OLD.folder)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE TRIGGER uploads_deleted
    AFTER DELETE ON uploads
    FOR EACH ROW EXECUTE FUNCTION note_upload_removal();

SELECT protect_tenant_table('uploads');
SELECT protect_tenant_table('upload_parts');
