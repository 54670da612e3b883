-- In the order in which the program locks them, before organizations, which the table below refers to: whoever writes waits until what
-- is there is added up, and has nothing that this waits for.
LOCK TABLE streams, highlights IN SHARE ROW EXCLUSIVE MODE;

-- How many bytes of recordings, clips and their pictures an organization holds, added up as they come and go: whoever submits a
-- stream is told by a few rows whether there is room for it, however much there is. In parts: a transaction adds to one that no other
-- one has locked, or makes one more, so that none waits for another, and there are about as many as ever wrote at once. What a part
-- says alone means nothing, and may be below 0.
CREATE TABLE held_bytes (
    organization_id uuid   NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    part            uuid   NOT NULL DEFAULT gen_random_uuid(),
    bytes           bigint NOT NULL,
    PRIMARY KEY (organization_id, part)
) WITH (fillfactor = 50);

SELECT protect_tenant_table('held_bytes');

CREATE FUNCTION hold_bytes(organization uuid, more bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    free uuid;
BEGIN
    IF more = 0 THEN
        RETURN;
    END IF;
    SELECT part INTO free FROM held_bytes WHERE organization_id = organization LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED;
    IF FOUND THEN
        UPDATE held_bytes SET bytes = bytes + more WHERE organization_id = organization AND part = free;
    ELSE
        -- One that is being deleted itself has nothing to add up any more.
        INSERT INTO held_bytes (organization_id, bytes) SELECT id, more FROM organizations WHERE id = organization;
    END IF;
END
$$;

CREATE FUNCTION bytes_of_files(files jsonb) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    coalesce((files -> 'clip' ->> 'size_bytes')::bigint, 0) + coalesce((files -> 'thumbnail' ->> 'size_bytes')::bigint, 0);

-- They come and go many at a time: one sum a statement.
CREATE FUNCTION highlights_came_or_went() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM hold_bytes(organization_id, CASE TG_OP WHEN 'DELETE' THEN -bytes ELSE bytes END)
    FROM (SELECT organization_id, sum(bytes_of_files(files))::bigint AS bytes
          FROM changed WHERE files IS NOT NULL GROUP BY organization_id) AS sums;
    RETURN NULL;
END
$$;

CREATE FUNCTION files_of_highlight_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM hold_bytes(NEW.organization_id, bytes_of_files(NEW.files) - bytes_of_files(OLD.files));
    RETURN NULL;
END
$$;

CREATE FUNCTION recording_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM hold_bytes(
        coalesce(NEW.organization_id, OLD.organization_id),
        CASE WHEN NEW.recording_key IS NULL THEN 0 ELSE coalesce(NEW.recording_size, 0) END
            - CASE WHEN OLD.recording_key IS NULL THEN 0 ELSE coalesce(OLD.recording_size, 0) END);
    RETURN NULL;
END
$$;

CREATE TRIGGER streams_come_with_recording AFTER INSERT ON streams
    FOR EACH ROW WHEN (NEW.recording_key IS NOT NULL) EXECUTE FUNCTION recording_changed();
CREATE TRIGGER streams_change_recording AFTER UPDATE OF recording_key, recording_size ON streams
    FOR EACH ROW WHEN ((OLD.recording_key, OLD.recording_size) IS DISTINCT FROM (NEW.recording_key, NEW.recording_size))
    EXECUTE FUNCTION recording_changed();
CREATE TRIGGER streams_go_with_recording AFTER DELETE ON streams
    FOR EACH ROW WHEN (OLD.recording_key IS NOT NULL) EXECUTE FUNCTION recording_changed();

CREATE TRIGGER highlights_come AFTER INSERT ON highlights
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION highlights_came_or_went();
CREATE TRIGGER highlights_change_files AFTER UPDATE OF files ON highlights
    FOR EACH ROW WHEN (OLD.files IS DISTINCT FROM NEW.files) EXECUTE FUNCTION files_of_highlight_changed();
CREATE TRIGGER highlights_go AFTER DELETE ON highlights
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION highlights_came_or_went();

-- What is there is added up once, and nothing comes beside it.
INSERT INTO held_bytes (organization_id, bytes)
SELECT organization_id, sum(bytes)::bigint
FROM (SELECT organization_id, recording_size AS bytes FROM streams WHERE recording_key IS NOT NULL
      UNION ALL
      SELECT organization_id, bytes_of_files(files) FROM highlights WHERE files IS NOT NULL) AS held
GROUP BY organization_id HAVING sum(bytes) > 0;

-- What is being uploaded counts as well: few rows among all that were.
CREATE INDEX uploads_under_way ON uploads (organization_id) WHERE completed_at IS NULL;
