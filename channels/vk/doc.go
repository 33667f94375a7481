// Package vk connects the messages of a VK community.
//
// What the network demands (dev.vk.com, API 5.199, looked up in November 2026):
//
//   - Receiving is Bots Long Poll (getting-started of bots-long-poll) or the Callback API
//     (getting-started of callback). Long Poll keeps events for a while: "failed": 1 says that
//     some are gone, 2 that the session's key is, 3 that both are. What is gone is read from
//     the conversations themselves, through the same events and keys.
//   - A push is answered with "ok", its confirmation once with the community's string; a
//     "secret" in the body proves that VK sent it.
//   - A message is known by its peer and its conversation_message_id, in Long Poll, Callback and
//     history alike: that is its key and its remote id.
//   - Sending is messages.send, with a random_id by which VK drops repetitions. A community may
//     write only to those who wrote first or allowed it; error 901 says so.
//   - Files are uploaded to an address that VK names, then saved, then attached.
//
// It may import channels, golang.org/x/net/html and the standard library. The invariant it
// guards: an update is acknowledged, by the cursor or by "ok", only after it was committed, and
// the community's token, the secret and access keys never leave the package, not in errors, logs
// or references to media.
package vk
