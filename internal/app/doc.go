// Package app is the wiring: it opens the store, lists the adapters by hand, gives
// every room what it asked for, and starts and stops them in order. Tests boot the
// whole product from here.
//
// It may import everything; nothing but cmd/parley and tests imports it. The
// invariant it guards: what was started is stopped, in the reverse order.
package app
