-- +goose Up
-- Deleted notes that still have words or files, for whoever empties them.
CREATE INDEX messages_deleted_notes ON messages (deleted_at) WHERE kind = 'note' AND deleted_at > 0 AND (text <> '' OR html <> '' OR files > 0);
