-- A second wall behind the statements' own WHERE: PostgreSQL itself shows and takes rows of one organization alone. The program
-- speaks as one of two roles that own nothing and log in nowhere:
--   <database>_app     sees the rows of the organization that tldr.tenant names, and none while it names none
--   <database>_across  sees those of all organizations, for the few statements that look over all of them
-- Whoever migrates is a member of both, and by the second goes on seeing all: a version of the program from before, a dump,
-- the migrations to come. Roles belong to the server: their names begin with the database's, so that two databases share none.

DO $$
BEGIN
    -- Written down: a dump that is restored under another name, or a database that gets one, keeps its roles.
    EXECUTE format('CREATE FUNCTION wall_role(kind text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN %L || kind',
                   current_database() || '_');
END $$;

DO $$
DECLARE
    kind  text;
    named text;
BEGIN
    FOREACH kind IN ARRAY ARRAY ['app', 'across'] LOOP
        named := wall_role(kind);
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = named) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS', named);
        END IF;
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = named AND (rolsuper OR rolbypassrls)) THEN
            RAISE EXCEPTION 'the role % would see through row-level security', named;
        END IF;
        BEGIN
            EXECUTE format('GRANT %I TO CURRENT_USER', named);
        EXCEPTION WHEN insufficient_privilege THEN
            -- Somebody else made the role, and has to have granted it.
            IF NOT pg_has_role(current_user, named, 'USAGE') THEN
                RAISE;
            END IF;
        END;
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), named);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO %I', current_schema(), named);
        EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA %I TO %I', current_schema(), named);
        -- Those of later migrations.
        EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO %I',
                       current_schema(), named);
        EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT USAGE ON SEQUENCES TO %I', current_schema(), named);
        IF to_regclass('flyway_schema_history') IS NOT NULL THEN
            EXECUTE format('REVOKE ALL ON flyway_schema_history FROM %I', named);
        END IF;
    END LOOP;
END $$;

-- What the migration that makes a table with organization_id calls for it.
CREATE FUNCTION protect_tenant_table(tenants regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', tenants);
    EXECUTE format('CREATE POLICY own_tenant ON %s TO %I USING (%3$s) WITH CHECK (%3$s)', tenants, wall_role('app'),
                   'organization_id = nullif(current_setting(''tldr.tenant'', true), '''')::uuid');
    EXECUTE format('CREATE POLICY all_tenants ON %s TO %I USING (true) WITH CHECK (true)', tenants, wall_role('across'));
END $$;

SELECT protect_tenant_table(class.oid::regclass)
FROM pg_class class JOIN pg_attribute attribute ON attribute.attrelid = class.oid
WHERE class.relkind IN ('r', 'p') AND class.relnamespace = current_schema()::regnamespace
  AND attribute.attname = 'organization_id' AND NOT attribute.attisdropped;
