-- +goose Up
-- What a row of the list says besides: which message of ours was the last, so that its failure is
-- seen there, and who wrote the last one where that is not whom the conversation is with.

ALTER TABLE conversations ADD COLUMN answer_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE conversations ADD COLUMN last_author TEXT NOT NULL DEFAULT '';

UPDATE conversations SET answer_id = COALESCE((SELECT m.id FROM messages m WHERE m.conversation_id = conversations.id
  AND m.seq IS NOT NULL AND m.direction = 'outbound' AND m.kind = 'message' ORDER BY m.seq DESC LIMIT 1), 0)
WHERE id IN (SELECT conversation_id FROM messages WHERE state IN ('failed', 'uncertain'));
