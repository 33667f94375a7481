// Package consent reads the words by which people end and resume SMS: STOP, СТОП, START.
//
// It may import parley/channels. The invariant it guards: only a message that is such a
// word and nothing else counts; "stop by tomorrow" is an ordinary message.
package consent
