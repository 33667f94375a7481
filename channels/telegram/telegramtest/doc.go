// Package telegramtest is a Bot API in memory, after Bot API 10.1 (June 11, 2026): bots, people who write to
// them, groups and business connections, polls and pushes, files, and faults on demand. Tests of the adapter
// and of the whole product talk to it by HTTP, as they would to the network.
//
// Allowed imports: the standard library. It knows neither the adapter nor its library, so that an
// independent client can be held against it.
//
// The invariant it guards: whatever it answers or offers fits the published schema (Schema checks both
// sides), and it confirms an update exactly when the network would.
package telegramtest
