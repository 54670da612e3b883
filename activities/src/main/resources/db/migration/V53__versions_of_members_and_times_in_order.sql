-- Raised by each change of what somebody is in an organization: who means an earlier one is refused.
ALTER TABLE memberships ADD version bigint NOT NULL DEFAULT 1;

-- The times of what an organization makes are in the order in which it can be seen, so that whoever reads from the oldest on passes
-- over nothing. now() is the beginning of a transaction, and another one that began later may be seen earlier. Whoever writes
-- holds the lock with all other writers until it is seen, and takes its time under it; who reads from the oldest on waits for the lock
-- alone: what is written then is seen, and what comes after has a later time. A time that is given, as by a restore, stays.
CREATE FUNCTION take_time_in_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.created_at = now() THEN
        PERFORM pg_advisory_xact_lock_shared(hashtextextended(TG_TABLE_NAME || ' of ' || NEW.organization_id, 0));
        NEW.created_at := clock_timestamp();
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER streams_take_time BEFORE INSERT ON streams FOR EACH ROW EXECUTE FUNCTION take_time_in_order();
CREATE TRIGGER highlights_take_time BEFORE INSERT ON highlights FOR EACH ROW EXECUTE FUNCTION take_time_in_order();
