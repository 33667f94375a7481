-- +goose Up
-- Triggers that act at an hour of some days of the week.

ALTER TABLE triggers ADD COLUMN at TEXT NOT NULL DEFAULT '{}'; -- JSON
