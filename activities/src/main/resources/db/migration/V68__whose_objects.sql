-- The object store bears this id, written when it is first swept: only where the two agree is an object without a row left over. Made
-- by then, not here: a database that has never swept anything is still empty.
CREATE TABLE installation (
    id     uuid    NOT NULL,
    single boolean PRIMARY KEY DEFAULT true CHECK (single)
);
