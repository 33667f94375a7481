// Package routing is the HTTP side of who answers and by when: policies of service and
// their clocks, how teams hand conversations out, who is there, and who is away.
//
// It may import what package web may. The invariant it guards: whatever is refused is
// refused by the room that owns it, with the path of the field at fault, and a clock is
// explained to nobody who may not see its conversation.
package routing
