-- A request that found no connection reached nobody: it costs nothing, and is none of the requests of a minute or a day.
ALTER TABLE model_calls DROP CONSTRAINT model_calls_state_check;
ALTER TABLE model_calls ADD CONSTRAINT model_calls_state_check
    CHECK (state IN ('sent', 'charged', 'not_charged', 'unsent', 'unknown'));

-- The requests that there were: all sums and counts read this.
CREATE VIEW model_requests WITH (security_invoker = true) AS SELECT * FROM model_calls WHERE state <> 'unsent';
