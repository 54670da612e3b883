-- An organization goes with all that it has, its audit log, too. That it went, and who wanted that, is whoever runs the
-- installation's to know for a year.
CREATE TABLE deleted_organizations (
    id         uuid        PRIMARY KEY,
    name       text        NOT NULL,
    plan       text        NOT NULL,
    -- Public id of a user or a key.
    actor      text        NOT NULL,
    address    inet,
    request_id text        NOT NULL,
    deleted_at timestamptz NOT NULL DEFAULT now()
);
