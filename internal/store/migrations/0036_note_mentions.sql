-- +goose Up
-- Whom notes name with an @. Which conversation that is in is the note's own business: it may
-- be joined to another one or split off.
CREATE TABLE note_mentions (
  agent_id   BIGINT NOT NULL,
  message_id BIGINT NOT NULL,
  at         BIGINT NOT NULL,
  PRIMARY KEY (agent_id, message_id)
);
