// Package channeltest is the one conformance suite that every adapter passes. Run
// plays a network against the adapter: it delivers, redelivers, fails in scripted
// ways and sends rubbish, with a Recorder in the place of the inbox that can refuse
// a batch, hold it, or die between commit and acknowledgement.
//
// It imports channels and the standard library alone, so that an adapter's tests
// need nothing else. It knows three shapes of networks: those that are asked, those
// that push (Setup.Push) and those that hold a stream open.
//
// The invariant it guards: whatever the network does, what was acknowledged has been
// committed, what was committed is there once, and every error says truthfully
// whether the contact may have got the message.
package channeltest
