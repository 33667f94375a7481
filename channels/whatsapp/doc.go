// Package whatsapp is the adapter for WhatsApp: businesses talk to Meta's Cloud API by plain HTTP, and
// Meta pushes what happens to the account's webhook address. A phone linked as a device is the other way
// in; the configuration knows its name and says that it is not offered yet.
//
// What the network demands, and where that is written (read 2026-11-22):
//
//   - Webhooks: a GET that proves the verify token; POSTs signed with the app's secret over the raw body;
//     up to 1,000 updates in one; 200 only for what is stored; repeated for seven days, in any order.
//     developers.facebook.com/documentation/business-messaging/whatsapp/webhooks
//   - Free text within 24 hours of the contact's last message, templates at any time; see limits.go.
//   - Codes of refusals: table.go, after …/whatsapp/support/error-codes (15 May 2026).
//   - Requests and answers: Meta's OpenAPI of the Graph API v23.0, which the tests check each of ours against.
//   - A contact may hide the phone number and is then known by a business-scoped user id alone
//     (…/whatsapp/business-scoped-user-ids, 31 March 2026).
//
// Allowed imports: channels, golang.org/x/net/html.
//
// The invariant it guards: nothing that was pushed under a valid signature is acknowledged before it is
// stored, each update gives one event whose key is made of Meta's own ids, and a send whose outcome is
// unknown carries a mark of ours by which a later status settles it.
package whatsapp
