// Package quickreplies is the HTTP side of texts that people keep at hand: their list, their keeping, and how
// one reads in a conversation. It may use templates/quickreply, templates/wording, web/desk for how files are
// shown, and web/rest.
//
// Its invariant: everybody may keep their own; what others see as well, only administrators and leads change.
package quickreplies
