-- +goose Up
-- The account of what left somebody's sight, for what cannot be asked any more because it is deleted; 0 = none, or not said.
ALTER TABLE feed ADD COLUMN was_account BIGINT NOT NULL DEFAULT 0;
