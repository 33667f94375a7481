package email

import (
	"slices"
	"strings"

	"parley/channels"
	"parley/channels/email/letter"
	"parley/channels/email/report"
	"parley/channels/email/token"
)

// authorOf is who wrote a mail: the first of From, or whom a list put its own name there for;
// and where there is none whoever else is named.
func authorOf(l *letter.Letter, read report.Mail) (letter.Address, bool) {
	candidates := slices.Concat(l.From, l.ReplyTo)
	if l.Sender != nil {
		candidates = append(candidates, *l.Sender)
	}
	if writer := report.Writer(read); len(l.From) > 0 && !strings.EqualFold(writer, l.From[0].Address) {
		named := slices.Concat(l.Header.Addresses("X-Original-From"), l.ReplyTo, []letter.Address{{Address: writer}})
		for _, c := range named {
			if strings.EqualFold(c.Address, writer) {
				candidates = append([]letter.Address{c}, candidates...)
				break
			}
		}
	}
	for _, a := range append(candidates, letter.Address{Address: l.ReturnPath}) {
		if whole(a.Address) {
			return a, true
		}
	}
	return letter.Address{}, false
}

// rewritten tells whether a list wrote in the author's stead, so that what servers know of the
// sender's domain says nothing of the author.
func (a *Account) rewritten(l *letter.Letter, read report.Mail) bool {
	author, ok := authorOf(l, read)
	return ok && len(l.From) > 0 && whole(l.From[0].Address) && !strings.EqualFold(author.Address, l.From[0].Address)
}

// answerTo is where the author wants answers to go; a group that brings us our mail names
// itself, and would bring us our answers.
func (a *Account) answerTo(l *letter.Letter, read report.Mail) []channels.Address {
	group := report.OurList(read)
	return slices.DeleteFunc(parties(l.ReplyTo), func(to channels.Address) bool {
		return slices.ContainsFunc(group, func(at string) bool { return strings.EqualFold(at, to.Address) })
	})
}

// machine stands for the author of a machine's mail that names none, as some bounces do.
func machine() letter.Address { return letter.Address{Address: "mailer-daemon@unknown.invalid"} }

// whole tells whether an address has both its sides.
func whole(address string) bool {
	at := strings.LastIndexByte(address, '@')
	return at > 0 && at < len(address)-1 && strings.IndexByte(address, '@') == at && !strings.ContainsAny(address, " <>,;\"\t")
}

// addressee is whom a mail of ours is for: the first who is not we.
func (a *Account) addressee(l *letter.Letter) (letter.Address, bool) {
	for _, to := range slices.Concat(l.To, l.Cc, l.Bcc) {
		if whole(to.Address) && !a.settings.own.has(to.Address) {
			return to, true
		}
	}
	return letter.Address{}, false
}

// writtenHere tells whether a mail that came in is one of ours: proven by its id, or by a server whose
// word counts, and for somebody else. A name in From alone proves nothing: anybody could put words into
// our mouth. What we write to ourselves, as forms on sites do, comes in like any other mail.
func (a *Account) writtenHere(l *letter.Letter, read report.Mail, ours int64) bool {
	author, ok := authorOf(l, read)
	if !ok || !a.settings.own.has(author.Address) {
		return false
	}
	if _, others := a.addressee(l); !others {
		return false
	}
	return ours != 0 || report.Vouched(read, a.settings.trusted)
}

func party(a letter.Address) channels.Address {
	return channels.Address{Scope: scope, Address: a.Address, Name: a.Name}
}

func parties(list []letter.Address) (out []channels.Address) {
	for _, a := range list {
		if whole(a.Address) {
			out = append(out, party(a))
		}
	}
	return out
}

// proofs looks for tokens that only we can have signed: in the mail's own id, in what it answers, the
// nearest first, in the address it came to, and in what a report brings back.
func (a *Account) proofs(l *letter.Letter, v report.Verdict, msg *channels.Message) {
	if id, ok := token.Parse(a.env.Key, l.MessageID); ok {
		msg.Ours = id
		return
	}
	ids := slices.Clone(l.InReplyTo)
	for _, id := range slices.Backward(l.References) {
		ids = append(ids, id)
	}
	ids = append(ids, v.Originals...)
	for _, to := range slices.Concat(l.To, l.Cc) {
		if strings.Contains(to.Address, "+") {
			ids = append(ids, to.Address)
		}
	}
	for _, name := range []string{"Delivered-To", "X-Original-To", "Envelope-To"} {
		for _, to := range l.Header.Addresses(name) {
			ids = append(ids, to.Address)
		}
	}
	for _, id := range ids {
		if message, ok := token.Parse(a.env.Key, id); ok {
			msg.Answers = message
			return
		}
	}
}

// reports tell how far our message came: whom it did not reach, or who read it. Anybody can write such a mail: only what is
// proven to be about a message of ours counts. Of several the surest one is meant, for some servers
// name the whole thread.
func (a *Account) reports(v report.Verdict, answers int64) []channels.Receipt {
	message := answers
	for _, original := range v.Originals {
		if proven, ok := token.Parse(a.env.Key, original); ok {
			message = proven
			break
		}
	}
	if message == 0 {
		return nil
	}
	return v.Receipts(message)
}

// seen is what the judges look at.
func (a *Account) seen(l *letter.Letter) report.Mail {
	m := report.Mail{Subject: l.Subject, Text: l.Text, Own: a.settings.own.all(), Home: a.settings.own.homes}
	for _, f := range l.Header.Fields() {
		m.Fields = append(m.Fields, report.Field{Name: f.Name, Value: f.Value})
	}
	for _, p := range l.Parts {
		m.Parts = append(m.Parts, report.Part{Type: p.Type, Params: p.Params, Depth: p.Depth, Body: p.Bytes})
	}
	return m
}
