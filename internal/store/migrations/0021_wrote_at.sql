-- +goose Up
-- When the contact last wrote, by the network's clock: what a network delivers late was written
-- earlier than we came to hear of it, and its window for free answers counts from then.

ALTER TABLE conversations ADD COLUMN wrote_at BIGINT NOT NULL DEFAULT 0;

UPDATE conversations SET wrote_at = last_inbound_at WHERE last_inbound_at > 0;
