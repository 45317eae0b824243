-- The database and its roles, for the Compose file and for the embedded PostgreSQL alike; passwords are set elsewhere.
-- infoshare_owner owns the tables and migrates; infoshare_web and infoshare_worker log in and may do what migrations grant to
-- the group infoshare_app, the worker also what they grant to infoshare_jobs: sequencing the log, wrapping keys anew, disposal.
CREATE ROLE infoshare_owner LOGIN CREATEDB;
CREATE ROLE infoshare_app NOLOGIN;
CREATE ROLE infoshare_jobs NOLOGIN;
CREATE ROLE infoshare_web LOGIN IN ROLE infoshare_app;
CREATE ROLE infoshare_worker LOGIN IN ROLE infoshare_app, infoshare_jobs;
GRANT infoshare_app TO infoshare_owner;
GRANT infoshare_jobs TO infoshare_owner;
CREATE DATABASE infoshare OWNER infoshare_owner;
REVOKE ALL ON DATABASE infoshare FROM PUBLIC;
GRANT CONNECT ON DATABASE infoshare TO infoshare_app;
-- What a statement that failed was given holds what people typed: it stays out of the server’s log.
ALTER ROLE infoshare_owner SET log_min_error_statement = 'panic';
ALTER ROLE infoshare_web SET log_min_error_statement = 'panic';
ALTER ROLE infoshare_worker SET log_min_error_statement = 'panic';
ALTER ROLE infoshare_owner SET log_error_verbosity = 'terse';
ALTER ROLE infoshare_web SET log_error_verbosity = 'terse';
ALTER ROLE infoshare_worker SET log_error_verbosity = 'terse';
