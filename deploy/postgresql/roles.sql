-- Two roles with what each needs, no more (handbook/operators/postgresql.md). Run once as the server's administrator in a
-- new, empty database:  psql -d petition -f roles.sql
-- petition_owner owns the tables: for `migrate` and `copy-store` only. petition is the running service.
CREATE ROLE petition_owner LOGIN;
CREATE ROLE petition LOGIN CONNECTION LIMIT 90;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO petition_owner;
GRANT USAGE ON SCHEMA public TO petition;
ALTER DEFAULT PRIVILEGES FOR ROLE petition_owner IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO petition;
