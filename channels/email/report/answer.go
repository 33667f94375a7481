package report

import (
	"slices"
	"strings"

	"parley/channels"
)

// Why says why a mail must not be answered by a machine. It is stable.
type Why string

// The reasons, in the order in which they are looked for.
const (
	Answerable Why = ""
	OwnAddress Why = "own_address" // we would answer ourselves
	NoAddress  Why = "no_address"  // there is nobody to answer
	NullSender Why = "null_sender" // the envelope asks for no answer
	Automatic  Why = "automatic"   // another machine wrote it
	FromList   Why = "list"        // everybody on it would get the answer
	Bulk       Why = "bulk"        // nobody asked for one
	Unattended Why = "unattended"  // nobody would read it
	Suppressed Why = "suppressed"  // the sender asked for none (X-Auto-Response-Suppress)
)

// AnswerTo says whether an automatic answer may be sent to the author of m (RFC 3834, 2):
// it may if the result is Answerable. How often the same author is answered is not looked
// at here. Who asks for a read receipt gets the same answers as others, and no receipt: only
// the reader may allow that (RFC 8098, 2.1).
func AnswerTo(m Mail) Why {
	to, own := Writer(m), m.Own
	author := to
	group := OurList(m)
	if at := addressIn(m.first("Reply-To")); at != "" && !slices.ContainsFunc(group, func(own string) bool { return strings.EqualFold(own, at) }) {
		to = at
	}
	if to == "" {
		return NoAddress
	}
	for _, at := range []string{to, author, addressIn(m.first("Sender")), addressIn(m.first("Return-Path"))} {
		if at != "" && among(at, own) {
			return OwnAddress
		}
	}
	switch {
	case m.nullSender():
		return NullSender
	case m.submitted() != "":
		return Automatic
	}
	switch Judge(m).Nature {
	case channels.NatureBounce, channels.NatureComplaint, channels.NatureAutoReply:
		return Automatic
	}
	switch {
	case bulk(m):
		return Bulk
	case group == nil && listed(m), list(m):
		return FromList
	case group == nil && m.has("List-Unsubscribe"):
		return Bulk
	case unattended(to), unattended(author), daemon(m):
		return Unattended
	case suppressed(m):
		return Suppressed
	}
	return Answerable
}

// suppressed reports whether the sender asked for no automatic answers (MS-OXCMAIL,
// 2.2.3.2.14).
func suppressed(m Mail) bool {
	for w := range strings.SplitSeq(m.first("X-Auto-Response-Suppress"), ",") {
		switch strings.ToLower(strings.TrimSpace(w)) {
		case "all", "autoreply", "oof":
			return true
		}
	}
	return false
}

// among reports whether an address is one of ours, whatever follows a plus in it.
func among(at string, own []string) bool {
	at = bare(at)
	for _, o := range own {
		if bare(o) == at {
			return true
		}
	}
	return false
}

func bare(at string) string {
	local, domain, _ := strings.Cut(strings.ToLower(strings.TrimSpace(at)), "@")
	local, _, _ = strings.Cut(local, "+")
	return local + "@" + domain
}
