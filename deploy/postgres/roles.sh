#!/bin/sh
# Run once, by the image of PostgreSQL, when its folder is empty: a role and databases for the program, and others for Temporal. Neither
# may read what is the other's. The program's role makes two roles of its own (docs/decisions/0011-tenant-wall.md).
set -eu
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  -v tldr="$TLDR_DB_PASSWORD" -v temporal="$TEMPORAL_DB_PASSWORD" <<'SQL'
CREATE ROLE tldr LOGIN CREATEROLE PASSWORD :'tldr';
CREATE ROLE temporal LOGIN CREATEDB PASSWORD :'temporal';
CREATE DATABASE tldr OWNER tldr;
CREATE DATABASE temporal OWNER temporal;
CREATE DATABASE temporal_visibility OWNER temporal;
-- So that ./tldr doctor sees whose connections use the server up.
GRANT pg_read_all_stats TO tldr;
REVOKE CONNECT ON DATABASE tldr, temporal, temporal_visibility FROM PUBLIC;
SQL
