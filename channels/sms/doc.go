// Package sms connects accounts that send and receive text messages over HTTP: Twilio (in
// twilio), and any gateway that a description tells of, with presets of known ones (in gateway).
// How texts divide into SMS stands in package channels, for the composer counts as well.
//
// Limits and errors cite their sources where they stand. What holds for all:
//
//   - Numbers are looked up as E.164 (package phone); a short code or a name is known within
//     its account alone.
//   - STOP and its like come in as any message does, and say so besides (package consent): what
//     follows is the inbox's to decide, and no answer is made here.
//   - No receipt means unknown, not failed.
//
// Allowed imports: channels.
//
// The invariant it guards: a configuration names its provider, and every other value is judged
// by that provider alone.
package sms
