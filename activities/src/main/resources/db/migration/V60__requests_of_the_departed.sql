-- The limits of a day and of a minute are the installation's: what an organization has asked of the model stays asked when the
-- organization goes. Nothing here tells whose it was, and after two days nothing needs it.
CREATE TABLE departed_model_requests (
    sent_at  timestamptz    NOT NULL,
    cost_usd numeric(18, 6) NOT NULL CHECK (cost_usd >= 0)
);

CREATE INDEX departed_model_requests_by_time ON departed_model_requests (sent_at);

CREATE FUNCTION keep_requests_of_the_departed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM departed_model_requests WHERE sent_at < now() - interval '2 days';
    INSERT INTO departed_model_requests (sent_at, cost_usd)
    SELECT sent_at, cost_usd FROM departing WHERE state <> 'unsent' AND sent_at >= now() - interval '2 days';
    RETURN NULL;
END
$$;

CREATE TRIGGER model_calls_stay_counted AFTER DELETE ON model_calls
    REFERENCING OLD TABLE AS departing FOR EACH STATEMENT EXECUTE FUNCTION keep_requests_of_the_departed();

-- Of all who are here and who were: what the installation's own limits count.
CREATE VIEW installation_model_requests WITH (security_invoker = true) AS
SELECT sent_at, cost_usd FROM model_requests UNION ALL SELECT sent_at, cost_usd FROM departed_model_requests;
