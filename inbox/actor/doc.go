// Package actor says who acts and who looks: Cause is stored with every change and
// is what the timeline explains; Viewer is whom a query answers, and the store
// filters by it.
//
// It imports no other room, because every room that changes or shows anything needs it.
package actor
