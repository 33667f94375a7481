-- +goose Up
-- Who works here and how they get in. Tokens are kept as hashes alone, in hex.

CREATE TABLE agents (
  id BIGINT PRIMARY KEY, -- only: postgres
  id INTEGER PRIMARY KEY, -- only: sqlite
  email           TEXT    NOT NULL UNIQUE, -- lower case
  name            TEXT    NOT NULL,
  role            TEXT    NOT NULL,
  language        TEXT    NOT NULL,
  capacity        BIGINT  NOT NULL, -- 0 = no limit
  presence        TEXT    NOT NULL,
  skills          TEXT    NOT NULL, -- JSON list
  access          TEXT    NOT NULL, -- all, team, own
  access_accounts TEXT    NOT NULL, -- JSON list of ids; empty = every account
  disabled        BOOLEAN NOT NULL,
  password_hash   TEXT    NOT NULL DEFAULT '',
  created_at      BIGINT  NOT NULL
);

CREATE TABLE teams (
  id BIGINT PRIMARY KEY, -- only: postgres
  id INTEGER PRIMARY KEY, -- only: sqlite
  name       TEXT   NOT NULL UNIQUE,
  created_at BIGINT NOT NULL
);

CREATE TABLE team_members (
  team_id  BIGINT NOT NULL,
  agent_id BIGINT NOT NULL,
  PRIMARY KEY (team_id, agent_id)
);
CREATE INDEX team_members_agent ON team_members (agent_id, team_id);

CREATE TABLE sessions (
  id BIGINT PRIMARY KEY, -- only: postgres
  id INTEGER PRIMARY KEY, -- only: sqlite
  agent_id     BIGINT NOT NULL,
  hash         TEXT   NOT NULL UNIQUE,
  created_at   BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  expires_at   BIGINT NOT NULL,
  ip           TEXT   NOT NULL,
  user_agent   TEXT   NOT NULL
);
CREATE INDEX sessions_agent ON sessions (agent_id, id);
CREATE INDEX sessions_expired ON sessions (expires_at);

CREATE TABLE api_keys (
  id BIGINT PRIMARY KEY, -- only: postgres
  id INTEGER PRIMARY KEY, -- only: sqlite
  name         TEXT   NOT NULL,
  prefix       TEXT   NOT NULL UNIQUE,
  hash         TEXT   NOT NULL,
  scopes       TEXT   NOT NULL, -- JSON list; empty = everything
  created_at   BIGINT NOT NULL,
  last_used_at BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE invitations (
  id BIGINT PRIMARY KEY, -- only: postgres
  id INTEGER PRIMARY KEY, -- only: sqlite
  hash        TEXT   NOT NULL UNIQUE,
  email       TEXT   NOT NULL,
  name        TEXT   NOT NULL,
  role        TEXT   NOT NULL,
  team_ids    TEXT   NOT NULL, -- JSON list
  invited_by  BIGINT NOT NULL, -- 0 = by an API key
  created_at  BIGINT NOT NULL,
  expires_at  BIGINT NOT NULL,
  accepted_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX invitations_expired ON invitations (expires_at);

CREATE TABLE password_resets (
  hash       TEXT   PRIMARY KEY,
  agent_id   BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at    BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX password_resets_agent ON password_resets (agent_id);
CREATE INDEX password_resets_expired ON password_resets (expires_at);
