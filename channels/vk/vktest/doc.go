// Package vktest is VK for tests: one community, the people and chats that write to it, its
// methods, its Long Poll server, its pushes and its uploads, over HTTP. It can lose answers, hang,
// refuse and forget, as the real one does.
//
// It may import the standard library alone: a fake that shared code with the adapter would share its
// mistakes. The adapter's tests hold every request and every answer against VK's published schema,
// and drive the server with an independent client.
//
// The invariant it guards: an event counts as acknowledged only when a poll asks for what comes
// after it, or a push was answered with "ok".
package vktest
