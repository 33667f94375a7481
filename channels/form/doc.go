// Package form is the network of forms on sites: what somebody fills in becomes a conversation
// with its lead and request. Its far side is our own HTTP, which stands in web/forms; here is
// what that is made of: how a form looks (Config), and what becomes of what was filled in
// (Submission, Account.Take).
//
// It imports channels, internal/fault, internal/origins and libraries. Decided with our own API
// description ("Site form"):
//
//   - A submission is known by its submission_id, or by its content for ten minutes: whoever
//     presses the button twice has written once.
//   - What fills in the field "website", which people do not see, is a machine: it is answered
//     as if it was taken, and leaves its line in the log of events.
//   - A form cannot be answered. Whoever filled it in left an e-mail address or a phone number, and
//     is answered there.
//
// The invariant it guards: everybody who fills in a form is somebody new. What they typed
// suggests who they are and is never believed, or strangers could write into other people's
// conversations.
package form
