-- +goose Up
-- Saved views: lists of conversations by conditions, under a name.

CREATE TABLE views (
  id         BIGINT PRIMARY KEY,
  name       TEXT   NOT NULL,
  scope      TEXT   NOT NULL, -- mine, team, all
  owner_id   BIGINT NOT NULL,
  team_id    BIGINT NOT NULL,
  conditions TEXT   NOT NULL, -- JSON
  sort       TEXT   NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
