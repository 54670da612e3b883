-- The times of what an organization makes are in the order in which it can be seen (V53): now also those of its keys, members,
-- invitations, webhooks and dimension sets, and for a person those of the organizations that they belong to. The arguments are
-- the columns that say whose lists a row is in. What was never changed was changed last when it was made.
CREATE OR REPLACE FUNCTION take_time_in_order() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    whose text;
    made  timestamptz;
BEGIN
    IF NEW.created_at = now() THEN
        FOREACH whose IN ARRAY CASE WHEN TG_NARGS = 0 THEN '{organization_id}' ELSE TG_ARGV[0:] END LOOP
            PERFORM pg_advisory_xact_lock_shared(
                hashtextextended(TG_TABLE_NAME || ' of ' || (to_jsonb(NEW) ->> whose), 0));
        END LOOP;
        made := clock_timestamp();
        -- Of the two, what the table has.
        NEW := jsonb_populate_record(NEW, jsonb_build_object('created_at', made, 'updated_at', made));
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER api_keys_take_time BEFORE INSERT ON api_keys FOR EACH ROW EXECUTE FUNCTION take_time_in_order();
CREATE TRIGGER invitations_take_time BEFORE INSERT ON invitations FOR EACH ROW EXECUTE FUNCTION take_time_in_order();
CREATE TRIGGER memberships_take_time BEFORE INSERT ON memberships
    FOR EACH ROW EXECUTE FUNCTION take_time_in_order('organization_id', 'user_id');

-- Those of single streams are in no list, and nor are the later versions of a set.
CREATE TRIGGER webhook_endpoints_take_time BEFORE INSERT ON webhook_endpoints
    FOR EACH ROW WHEN (NEW.stream_id IS NULL) EXECUTE FUNCTION take_time_in_order();
CREATE TRIGGER dimension_sets_take_time BEFORE INSERT ON dimension_sets
    FOR EACH ROW WHEN (NEW.version = 1) EXECUTE FUNCTION take_time_in_order();

-- Revoked ones stay, and with keys that are rotated each day they are most.
CREATE INDEX api_keys_in_order ON api_keys (organization_id, created_at, id) WHERE revoked_at IS NULL;
