// Package e2e drives the newcomer's story in a real browser: first run, a visitor in the sample shop, an
// agent who answers, a colleague who joins. It holds no code of its own: story_test.go builds the
// program and hands it to `run` in this folder, which needs Node and Chromium.
//
// Allowed imports: internal/testenv and what is below it.
//
// Invariant: the story looks at the product from outside, through pages and addresses that a person or
// an API client could use, and every page it visits is watched for errors.
package e2e
