-- What the program asks of PostgreSQL for one POST /api/v1/streams of an organization with a plan, in its order: for pgbench and for
-- server.py. Parameters begin with a colon.

-- plan
SELECT plan FROM organizations WHERE id = :organization;

-- usage
WITH month AS (
    SELECT date_trunc('month', now() AT TIME ZONE 'UTC') AS begun
), period AS (
    SELECT begun AT TIME ZONE 'UTC' AS since, (begun + interval '1 month') AT TIME ZONE 'UTC' AS until
    FROM month
), used AS (
    SELECT coalesce(sum(quantity) FILTER (WHERE metric = 'stream_seconds'), 0) AS stream_seconds,
           coalesce(sum(quantity) FILTER (WHERE metric = 'api_calls'), 0)::bigint AS api_calls
    FROM usage_records, period
    WHERE organization_id = :organization AND created_at >= since
), asked AS (
    SELECT count(*) AS ai_requests, coalesce(sum(cost_usd), 0) AS ai_cost
    FROM model_requests, period WHERE organization_id = :organization AND sent_at >= since
), held AS (
    SELECT coalesce((
            SELECT sum(bytes) FROM held_bytes WHERE organization_id = :organization), 0)
        + coalesce((
            SELECT sum(coalesce(length, received)) FROM uploads
            WHERE organization_id = :organization AND completed_at IS NULL), 0)
        + coalesce((
            SELECT sum(size) FROM upload_parts JOIN uploads USING (organization_id)
            WHERE organization_id = :organization AND upload_id = uploads.id
              AND completed_at IS NOT NULL), 0) AS bytes
)
SELECT plan, now() AS at, since, until, stream_seconds, api_calls, ai_requests, ai_cost,
       held.bytes::bigint AS storage_bytes, (
           SELECT count(*) FROM streams
           WHERE streams.organization_id = :organization
             AND (status = 'processing' OR status = 'pending' AND admitted_at IS NOT NULL))::integer AS in_process
FROM organizations, period, used, asked, held WHERE id = :organization;

-- find
SELECT * FROM streams WHERE organization_id = :organization AND id = :stream;

-- begin
BEGIN;

-- insert
INSERT INTO streams (organization_id, id, source_url, source_key, platform, status, is_live,
                     allow_duplicate, options, dimension_set, metadata, progress, workflow_id)
SELECT :organization::uuid, :stream::uuid, :url::text, sha256(convert_to(:url::text, 'UTF8')), 'file', 'pending', false, false,
       :options::jsonb, :dimension_set::json, '{}', :progress::jsonb, 'stream/' || :stream::uuid::text
WHERE NOT EXISTS (
    SELECT FROM streams
    WHERE organization_id = :organization::uuid AND source_key = sha256(convert_to(:url::text, 'UTF8'))
      AND status IN ('pending', 'processing'))
ON CONFLICT (organization_id, source_key)
    WHERE status IN ('pending', 'processing') AND NOT allow_duplicate DO NOTHING
RETURNING *;

-- commit
COMMIT;

-- begin
BEGIN;

-- lock
SELECT pg_advisory_xact_lock(hashtextextended('places of ' || :organization::uuid::text, 0))::text AS taken;

-- grant
WITH free AS (
    SELECT CASE WHEN most IS NULL THEN NULL ELSE greatest(0, most - (
        SELECT count(*) FROM streams
        WHERE streams.organization_id = :organization
          AND (status = 'processing' OR status = 'pending' AND admitted_at IS NOT NULL))) END AS places
    FROM (SELECT CASE plan WHEN 'starter' THEN 2 WHEN 'professional' THEN 10 END AS most
          FROM organizations WHERE id = :organization) AS plan
), next AS (
    SELECT id FROM streams
    WHERE organization_id = :organization AND status = 'pending'
      AND admitted_at IS NULL AND queued_at IS NOT NULL
    ORDER BY queued_at, id
    LIMIT (SELECT places FROM free)
)
UPDATE streams SET admitted_at = now(), updated_at = now()
FROM next
WHERE streams.organization_id = :organization AND streams.id = next.id
RETURNING streams.*;

-- commit
COMMIT;
