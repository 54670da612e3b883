#!/bin/sh
# Brings Temporal's own databases to the schema of the release whose temporal-sql-tool runs it, that of temporalio/admin-tools. May be
# run again at any time: what is there is left. The databases are there already (deploy/postgres/roles.sh). SQL_HOST, SQL_PORT (5432),
# SQL_USER and SQL_PASSWORD say where, as the tool itself reads them.
set -eu

export SQL_PLUGIN=postgres12 SQL_PORT="${SQL_PORT:-5432}"
tool=${TEMPORAL_SQL_TOOL:-temporal-sql-tool}

schema() {
  # Version 0.0 are the tables that tell of versions; a database that is further stays where it is.
  "$tool" --database "$1" setup-schema --version 0.0
  "$tool" --database "$1" update-schema --schema-name "postgresql/v12/$2"
  printf 'database %s: its schema is up to date\n' "$1"
}
schema temporal temporal
schema temporal_visibility visibility
