// Package e2e tells stories in a real browser: a newcomer's, from the first run to a colleague who joins; that of a
// mailbox; that of the networks, each of which is connected and talked through; and that of what happens by itself,
// put together by hand. It holds no code of its own: every test builds the program, opens the far sides that its story needs, and hands both to `run` in this folder, which
// needs Node and Chromium.
//
// Allowed imports: internal/testenv and what is below it, and the far sides of networks (channels/*/*test).
//
// Invariant: the story looks at the product from outside, through pages and addresses that a person or
// an API client could use, and every page it visits is watched for errors.
package e2e
