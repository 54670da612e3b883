-- Who made it, and goes on counting as that when somebody else owns it. Null: made before that was noted, or by whoever runs the
-- installation.
ALTER TABLE organizations ADD COLUMN created_by uuid REFERENCES users (id) ON DELETE SET NULL;

CREATE INDEX organizations_of_creator ON organizations (created_by) WHERE created_by IS NOT NULL;
