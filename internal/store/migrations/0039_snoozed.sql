-- +goose Up
-- What is put off has a list and a number of its own, which must not look through all that is open.
CREATE INDEX conversations_snoozed ON conversations (last_at, id, status) WHERE status = 'snoozed';
CREATE INDEX conversations_snoozed_team ON conversations (team_id, last_at, id, status) WHERE status = 'snoozed';
CREATE INDEX conversations_snoozed_agent ON conversations (assignee_id, last_at, id, status) WHERE status = 'snoozed';
