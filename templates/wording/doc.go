// Package wording fills in texts that are written once and said often: quick replies, and what triggers and
// macros say. A text is liquid as far as such texts need it:
//
//	{{ contact.first_name | default: "colleague" }}   a variable, with filters
//	{{ ask: "order number" }}                         a blank that a person fills in before sending
//	{% if request.number %} … {% else %} … {% endif %}  a part that depends on a variable; one that is empty counts as false
//
// It is pure and imports no room but internal/fault. It guards one invariant: whatever a text says, parsing and
// filling it takes time and memory in proportion to its length. There are no loops, no assignments and no
// inclusion, unknown names are refused when the text is written, and neither literals nor values are ever read
// as liquid: the library gets a text that this package has written itself.
package wording
