-- Whoever writes events, in whichever process: those that follow a stream hear of it when the transaction commits.
CREATE FUNCTION tell_of_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('tldr_events', written.organization_id || ' ' || coalesce(written.stream_id::text, ''))
    FROM (SELECT DISTINCT organization_id, stream_id FROM fresh) AS written;
    RETURN NULL;
END
$$;

CREATE TRIGGER events_are_told AFTER INSERT ON events
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION tell_of_events();
