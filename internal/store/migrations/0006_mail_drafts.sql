-- +goose Up
-- A draft of a mail: what is written in it, and whom it is for.

ALTER TABLE drafts ADD COLUMN html TEXT NOT NULL DEFAULT '';
ALTER TABLE drafts ADD COLUMN head TEXT NOT NULL DEFAULT ''; -- JSON of recipients and subject; '' follows the conversation
