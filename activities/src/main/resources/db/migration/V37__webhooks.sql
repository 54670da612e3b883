-- Where an organization wants to be told of what happens, what is to be told there, and how it went.
CREATE TABLE webhook_endpoints (
    organization_id uuid        NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id              uuid        NOT NULL,
    -- Of one stream alone, as its submission said; null: of all that happens in the organization.
    stream_id       uuid,
    url             text        NOT NULL,
    description     text        NOT NULL DEFAULT '',
    -- Names of events, highlight.* for all that begin so, * for all.
    events          text[]      NOT NULL CHECK (cardinality(events) > 0),
    header_names    text[]      NOT NULL DEFAULT '{}',
    -- Sealed under the program's secret. Null: none of its own.
    headers         bytea,
    secret          bytea,
    former_secret   bytea,
    former_until    timestamptz,
    -- Null: as the installation's settings say.
    max_retries     integer     CHECK (max_retries >= 0),
    first_gap       integer     CHECK (first_gap > 0),
    longest_gap     integer     CHECK (longest_gap > 0),
    enabled         boolean     NOT NULL DEFAULT true,
    disabled_reason text,
    disabled_at     timestamptz,
    -- Attempts that failed since the last one that arrived, and since when.
    failures        integer     NOT NULL DEFAULT 0,
    failing_since   timestamptz,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    version         bigint      NOT NULL DEFAULT 1,
    PRIMARY KEY (organization_id, id),
    CHECK ((former_secret IS NULL) = (former_until IS NULL)),
    CHECK (enabled = (disabled_at IS NULL)),
    CHECK ((failures = 0) = (failing_since IS NULL)),
    FOREIGN KEY (organization_id, stream_id) REFERENCES streams (organization_id, id) ON DELETE CASCADE
);

CREATE INDEX webhook_endpoints_of_stream ON webhook_endpoints (organization_id, stream_id) WHERE stream_id IS NOT NULL;

-- One event to one endpoint.
CREATE TABLE webhook_deliveries (
    organization_id uuid        NOT NULL,
    id              uuid        NOT NULL,
    endpoint_id     uuid        NOT NULL,
    event_id        uuid        NOT NULL,
    event_type      text        NOT NULL,
    -- pending: the first attempt is not over; retrying: the next one is.
    status          text        NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'retrying', 'delivered', 'failed')),
    -- Why it was given up.
    reason          text,
    -- Raised each time that somebody asks for it again: part of the workflow's id.
    run             integer     NOT NULL DEFAULT 1 CHECK (run > 0),
    -- In this run, and in all.
    run_attempts    integer     NOT NULL DEFAULT 0,
    attempts        integer     NOT NULL DEFAULT 0,
    last_status     integer,
    created_at      timestamptz NOT NULL,
    -- Null: it waits for room at its endpoint, or for a process that starts its workflow.
    started_at      timestamptz,
    next_attempt_at timestamptz NOT NULL,
    -- When a sweep has looked after its workflow.
    looked_at       timestamptz,
    finished_at     timestamptz,
    PRIMARY KEY (organization_id, id),
    -- Whoever makes them, however often: each event once to each endpoint.
    UNIQUE (organization_id, endpoint_id, event_id),
    CHECK ((finished_at IS NOT NULL) = (status IN ('delivered', 'failed'))),
    FOREIGN KEY (organization_id, endpoint_id) REFERENCES webhook_endpoints (organization_id, id) ON DELETE CASCADE
);

CREATE INDEX webhook_deliveries_of_endpoint ON webhook_deliveries (organization_id, endpoint_id, id DESC);
CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (organization_id, endpoint_id, id)
    WHERE status = 'pending' AND started_at IS NULL;
CREATE INDEX webhook_deliveries_sending ON webhook_deliveries (organization_id, endpoint_id)
    WHERE status = 'pending' AND started_at IS NOT NULL;
-- The sweeps look over all tenants.
CREATE INDEX webhook_deliveries_open ON webhook_deliveries (next_attempt_at)
    WHERE status IN ('pending', 'retrying') AND started_at IS NOT NULL;
CREATE INDEX webhook_deliveries_old ON webhook_deliveries (finished_at) WHERE finished_at IS NOT NULL;

-- One HTTP request each; begun before it is sent, so that none is missing whatever dies.
CREATE TABLE webhook_attempts (
    organization_id uuid        NOT NULL,
    delivery_id     uuid        NOT NULL,
    number          integer     NOT NULL,
    started_at      timestamptz NOT NULL,
    -- Null: it is under way.
    outcome         text        CHECK (outcome IN ('delivered', 'refused', 'unreachable', 'forbidden', 'lost')),
    status          integer,
    latency_ms      integer,
    error           text,
    body            text,
    PRIMARY KEY (organization_id, delivery_id, number),
    FOREIGN KEY (organization_id, delivery_id) REFERENCES webhook_deliveries (organization_id, id) ON DELETE CASCADE
);

-- What is to be recovered, since when.
CREATE INDEX events_by_time ON events (organization_id, created_at);

SELECT protect_tenant_table('webhook_endpoints');
SELECT protect_tenant_table('webhook_deliveries');
SELECT protect_tenant_table('webhook_attempts');

-- The id of a delivery comes from what it is: a UUIDv7 of the event's time, the rest a digest of event and endpoint.
CREATE FUNCTION delivery_id(event uuid, endpoint uuid) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    (left(replace(event::text, '-', ''), 12) || '7' || substr(md5(event::text || endpoint::text), 1, 3)
     || 'a' || substr(md5(event::text || endpoint::text), 4, 15))::uuid;

CREATE FUNCTION wants_event(wanted text[], type text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    EXISTS (SELECT FROM unnest(wanted) AS pattern
            WHERE pattern IN ('*', type) OR (pattern LIKE '%.*' AND starts_with(type, left(pattern, -1))));

-- In the transaction that writes the event, whoever writes it: what is written is delivered, and nothing else.
CREATE FUNCTION deliver_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO webhook_deliveries (organization_id, id, endpoint_id, event_id, event_type, created_at, next_attempt_at)
    SELECT fresh.organization_id, delivery_id(fresh.id, endpoint.id), endpoint.id, fresh.id, fresh.type, fresh.created_at,
           fresh.created_at
    FROM fresh JOIN webhook_endpoints endpoint ON endpoint.organization_id = fresh.organization_id
    WHERE endpoint.enabled AND wants_event(endpoint.events, fresh.type)
      AND (endpoint.stream_id IS NULL OR endpoint.stream_id = fresh.stream_id)
    ON CONFLICT DO NOTHING;
    IF FOUND THEN
        PERFORM pg_notify('tldr_deliveries', organization_id::text) FROM (SELECT DISTINCT organization_id FROM fresh) AS told;
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER events_are_delivered AFTER INSERT ON events
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION deliver_events();
