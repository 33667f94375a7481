// Package alerts is the HTTP side of how people are told of what happens while they look
// elsewhere: what they wish to hear of and in which ways, and which browsers may show it.
//
// It may import what package web may. The invariant it guards: everybody sees and changes
// their own alone, and no address of a browser ever leaves again.
package alerts
