// Package clocks keeps the promises of service: by when a conversation is answered first,
// answered next, and done with.
//
// Book.Listen sees every operation's changes before they are saved and leaves one job per
// conversation whose clocks may be concerned, if there is any policy at all. Service.Run
// works on such jobs: it starts, pauses, resumes and ends clocks. Service.Due looks at
// clocks that come due, and Waker calls it when the next one does.
//
// It may import inbox, inbox/*, router, router/rules, router/sla and internal/fault. The
// invariants it guards: a clock warns once and breaches once; whoever answered in time
// never breaches, however late the clock is looked at; and every deadline can be explained
// from what is stored with its clock.
package clocks
