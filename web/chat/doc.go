// Package chat is the visitors' side of the web chat over HTTP: who the chat is with,
// becoming a visitor, writing, reading, receipts, files and the event stream. What a
// visitor and their messages are stands in channels/webchat; that they become
// conversations is the inbox's doing.
//
// Allowed imports: accounts, channels, channels/webchat, inbox, inbox/actor,
// internal/auth, internal/live, internal/fault, web/files and web/rest. Invariants: a
// visitor reads their own chat and nothing else; a message is answered with success
// only after it is committed.
package chat
