// Package egress holds the one door through which the program calls others:
// networks' APIs, webhooks, mail servers, pictures in mail.
//
// What is called is chosen by people and by what strangers send, so a call could
// be aimed at this machine, its neighbours or a cloud's metadata service. The
// address is therefore checked where it is dialled, after the name was resolved:
// a name that answers differently the second time gains nothing.
//
// Allowed imports: internal/fault.
//
// Invariant: no connection is opened to an address that is not public unless
// Options.Allow holds it, whatever name, redirect or IPv6 disguise led there.
package egress
