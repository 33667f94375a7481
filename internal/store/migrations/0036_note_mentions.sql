-- +goose Up
-- Whom notes name with an @. Which conversation that is in is the note's own business: it may
-- be joined to another one or split off.
CREATE TABLE note_mentions (
  agent_id   BIGINT NOT NULL,
  message_id BIGINT NOT NULL,
  at         BIGINT NOT NULL,
  PRIMARY KEY (agent_id, message_id)
);
CREATE INDEX note_mentions_message ON note_mentions (message_id);

-- Of the time before: what agents were told of and is kept still.
INSERT INTO note_mentions (agent_id, message_id, at) SELECT agent_id, message_id, MIN(at) FROM notifications WHERE kind = 'mention' AND message_id <> 0 GROUP BY agent_id, message_id;
