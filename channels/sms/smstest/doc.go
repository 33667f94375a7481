// Package smstest holds the far sides of SMS accounts, for tests: Twilio's API and a plain HTTP
// gateway, in memory. They note what was sent and write what phones and Twilio would.
//
// Allowed imports: none of the house.
//
// The invariant it guards: requests without the right credentials are refused.
package smstest
