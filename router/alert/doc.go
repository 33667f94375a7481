// Package alert finds out who is to be told of what happened to conversations: that one
// came to them, that a contact wrote in one of theirs, that a colleague named them in a
// note, that they are the last to turn to.
//
// Listen sees every operation's changes before they are saved and leaves one job per
// conversation of which somebody is to be told; Service.Run works on such jobs and rings
// for each. Deadlines are told of by package clocks, which knows its policies.
//
// It may import inbox, inbox/*, router, router/assign and internal/fault. The invariants it
// guards: each event rings once for each person, whatever dies in between; nobody is told
// of what they did themselves, nor of a conversation that they may not see.
package alert
