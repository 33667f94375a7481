// Package web is everything a browser or an API client touches. New puts together
// one server from the packages below it, each of which declares its part on a
// rest.API and takes what it needs as small interfaces:
//
//   - rest: the ground of every operation: callers, needs, problems, ids, pages,
//     replays, event streams;
//   - people: sign-in, agents, teams, invitations, API keys;
//   - desk: conversations, messages, contacts, leads, requests;
//   - events: the feed as it reaches open pages, and what happens for a moment;
//   - files: uploads and downloads;
//   - letters: mail as harmless pages, and the pictures it has elsewhere; safehtml makes
//     it so;
//   - links: connected accounts, what they received, quarantine, webhooks;
//   - chat: the visitors' side of the web chat;
//   - site: pages and static files, health, metrics, the API's description;
//   - app, widget: the built front ends.
//
// Allowed imports: the rooms, internal/auth, live, blob, config, telemetry and fault;
// never the store. Invariants: bytes are bounded before they are parsed; nothing is
// answered "done" before it is committed; every operation states who may call it.
package web
