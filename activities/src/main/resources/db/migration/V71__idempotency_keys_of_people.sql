-- An idempotency key is somebody's, not all of their organization's. "key" is what a row is found by: the client's own, as ever, for
-- whoever of the organization was first with it, and for the others their id, a space, and its hash. Null: of an older version.
ALTER TABLE idempotency_keys ADD COLUMN person text, ADD COLUMN client_key text;
ALTER TABLE open_idempotency_keys ADD COLUMN person text, ADD COLUMN client_key text;

-- Nobody has one key twice, whichever way it is found by.
CREATE UNIQUE INDEX idempotency_keys_of_people ON idempotency_keys (organization_id, person, client_key);
