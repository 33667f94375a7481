// Package twilio sends and receives SMS through Twilio's Programmable Messaging API, or anything
// that speaks like it.
//
// What the network demands (twilio.com/docs/messaging/api/message-resource and
// twilio.com/docs/usage/webhooks/webhooks-security, looked up on 2026-11-22):
//
//   - Messages are posted as forms with basic authentication; an answer of 201 means queued.
//   - Nothing recognises a repetition: what may have been sent is for a person to decide. The
//     address that statuses are reported to names our message, so that one whose answer was
//     lost is settled by them.
//   - Webhooks are forms, signed by X-Twilio-Signature: HMAC-SHA1, under the auth token, of the
//     full address as Twilio knows it and of every parameter's name and value, sorted by name.
//   - They are answered within 15 seconds.
//
// Allowed imports: channels and channels/sms/phone.
//
// The invariant it guards: nothing is believed whose signature does not fit our own address.
package twilio
