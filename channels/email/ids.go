package email

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"parley/channels"
	"parley/channels/email/imap"
	"parley/channels/email/letter"
)

// key identifies a mail by what its copies share: its id, and its body besides, for there are programs
// that give all their mails one id.
func key(m imap.Mail, l *letter.Letter) channels.EventKey {
	if l.MessageID == "" {
		return channels.EventKey("raw:" + content(m, l))
	}
	return channels.EventKey("m:" + short(l.MessageID) + ":" + m.Body)
}

// content stands for the id of a mail that has none: what its author wrote, without what the servers on
// its ways added, so that copies in two folders, or by way of two aliases, are one mail. Without a time
// two alarms would be one as well; there every byte counts.
func content(m imap.Mail, l *letter.Letter) string {
	if l.Date.IsZero() {
		return m.Original.Hash
	}
	sum := sha256.New()
	for _, name := range []string{"From", "To", "Cc", "Date", "Subject"} {
		for _, field := range l.Header.Fields() {
			if strings.EqualFold(field.Name, name) {
				_, _ = fmt.Fprintf(sum, "%s:%q\n", name, strings.Join(strings.Fields(field.Value), " "))
			}
		}
	}
	_, _ = fmt.Fprintf(sum, "%s\n", m.Body)
	return hex.EncodeToString(sum.Sum(nil))
}

// borrowed is the key of somebody else's mail that carries an id of ours: it may be word for word
// the mail that lies among those we sent.
func borrowed(k channels.EventKey, author string) channels.EventKey {
	sum := sha256.Sum256([]byte(strings.ToLower(author)))
	return k + channels.EventKey(":"+hex.EncodeToString(sum[:8]))
}

// remoteID is the mail's own id, or one that all its copies get.
func remoteID(m imap.Mail, l *letter.Letter) string {
	if l.MessageID != "" {
		return short(l.MessageID)
	}
	id := content(m, l)
	return id[:min(32, len(id))] + "@nameless.invalid"
}

// chat is the thread that the mail itself claims to belong to.
func chat(l *letter.Letter, id string) string {
	root := id
	switch {
	case len(l.References) > 0:
		root = l.References[0]
	case len(l.InReplyTo) > 0:
		root = l.InReplyTo[0]
	}
	return short(root)
}

// longestID is how long an id may be that is kept as it is.
const longestID = 200

// short replaces a long id by its hash, the same everywhere.
func short(id string) string {
	if len(id) <= longestID {
		return id
	}
	sum := sha256.Sum256([]byte(id))
	return "sha256:" + hex.EncodeToString(sum[:])
}

// references are all earlier mails that this one names, the root first and what it answers last.
func references(l *letter.Letter) []string {
	var ids []string
	for _, id := range slices.Concat(l.References, l.InReplyTo) {
		if id = short(id); id != l.MessageID && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}
