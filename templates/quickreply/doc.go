// Package quickreply holds texts that people keep at hand: found by a shortcut or by any word, filled in from
// the conversation they are for, and sent by a person.
//
// It may import inbox/actor, templates/wording and internal/fault. It guards two invariants: nobody sees a reply
// that is another's or another team's, for the store filters every list; and what was saved can be filled in,
// or its list says why it cannot any more.
package quickreply
