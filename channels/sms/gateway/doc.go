// Package gateway sends and receives SMS through any HTTP gateway that a Description tells of:
// what to call, how to know that a message was taken, how statuses and messages come back.
// Presets are such descriptions of known gateways, as JSON beside this file, each with its
// source; an administrator may write one of their own.
//
// Gateways differ in everything but this: one request is one message, an answer says whether it
// was taken and under which id, and statuses name that id. Most sign nothing: what protects
// the webhook is the unguessable part of its address.
//
// Allowed imports: channels and channels/sms/phone.
//
// The invariant it guards: a message counts as taken only when the description's own test says
// so; an answer that fits neither that nor a known refusal leaves its fate open.
package gateway
