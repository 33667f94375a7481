-- +goose Up
-- What an account is at its network, hashed: a bot, a number, a community or a mailbox is connected once. Accounts of
-- older versions get theirs when they are next changed.

ALTER TABLE accounts ADD COLUMN remote_key TEXT NOT NULL DEFAULT '';

CREATE UNIQUE INDEX accounts_remote_key ON accounts (remote_key) WHERE remote_key <> '' AND NOT archived;
