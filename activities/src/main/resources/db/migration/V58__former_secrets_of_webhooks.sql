-- Secrets of an endpoint from before its former one: each signs until its own time is over, whatever was rotated since.
ALTER TABLE webhook_endpoints
    ADD COLUMN older_secrets bytea[]       NOT NULL DEFAULT '{}',
    ADD COLUMN older_until   timestamptz[] NOT NULL DEFAULT '{}';

-- All that sign beside the current one, the latest first.
CREATE FUNCTION former_secrets(endpoint webhook_endpoints) RETURNS TABLE (secret bytea, until timestamptz)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1 AS $$
    SELECT former.secret, former.until
    FROM unnest(array_prepend(endpoint.former_secret, endpoint.older_secrets),
                array_prepend(endpoint.former_until, endpoint.older_until)) WITH ORDINALITY AS former (secret, until, place)
    WHERE former.until > now()
    ORDER BY former.place
$$;
