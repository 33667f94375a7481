-- +goose Up
-- When a policy's clocks stand still, when a team works, who is away from their desk, and
-- whom a conversation was offered to.

ALTER TABLE sla_policies ADD COLUMN pause_on TEXT NOT NULL DEFAULT '["pending"]'; -- JSON list
ALTER TABLE teams ADD COLUMN schedule_id BIGINT NOT NULL DEFAULT 0;
-- Whether somebody was set to away because nobody touched their open pages.
ALTER TABLE agents ADD COLUMN idle BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE routing_offers ADD COLUMN offered TEXT NOT NULL DEFAULT ''; -- JSON list of agents

-- A conversation has many clocks over the years, of which few have not ended, and one of
-- each metric is the last.
CREATE INDEX clocks_open ON clocks (conversation_id, id) WHERE ended_at = 0;
CREATE INDEX clocks_metric ON clocks (conversation_id, metric, id);
