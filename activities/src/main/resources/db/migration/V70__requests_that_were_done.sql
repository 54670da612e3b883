-- What a request that may come again has noted with the change that it made, in the same transaction: a try that finds it makes
-- the change no second time. Null: nothing was changed.
ALTER TABLE idempotency_keys ADD COLUMN done text;
ALTER TABLE open_idempotency_keys ADD COLUMN done text;
