-- +goose Up
-- Which colleague gave somebody what they are told of; 0 = none.
ALTER TABLE notifications ADD COLUMN by_id BIGINT NOT NULL DEFAULT 0;
