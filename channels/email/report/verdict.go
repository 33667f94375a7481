package report

import "parley/channels"

// Outcome is what a bounce says of reaching somebody.
type Outcome string

// The outcomes. A hard failure is permanent (5.x.x): the address is not to be written to
// again. A soft one may pass. None is no failure at all, or none yet.
const (
	None Outcome = ""
	Soft Outcome = "soft"
	Hard Outcome = "hard"
)

// Verdict is what a mail is.
type Verdict struct {
	Nature channels.Nature
	// Outcome is the worst among Recipients; None but for bounces.
	Outcome Outcome
	// Reached is how far our mail came, by a read receipt of its recipient; "" for all else.
	Reached channels.DeliveryState
	// Recipients are those that a bounce could not reach, those who complained and those
	// who read, where the report says so: complaints often come redacted.
	Recipients []Recipient
	// Originals are the Message-IDs, without <>, of the mails that this one is about, the
	// surest first. Whoever sent it may have made them up: act on proven ones only.
	Originals []string
}

// Recipient is somebody whom a mail did not reach.
type Recipient struct {
	Address string // as the report has it; "" when it does not say
	Outcome Outcome
	Code    string // "5.1.1" (RFC 3463), or the reply code "550", or ""
	Text    string // the reason in the server's words, one line
}

// Receipts tells of a message of ours how far it came, for each recipient that the verdict
// speaks of. That it is the message meant, somebody has to have proven: see Originals.
func (v Verdict) Receipts(message int64) []channels.Receipt {
	var out []channels.Receipt
	for _, r := range v.Recipients {
		if r.Outcome != None {
			out = append(out, channels.Receipt{
				MessageID: message, State: channels.DeliveryFailed, Code: r.Code, Text: r.Text, Recipient: r.Address,
			})
		}
	}
	if v.Reached != "" {
		read := channels.Receipt{MessageID: message, State: v.Reached}
		if len(v.Recipients) > 0 {
			read.Recipient = v.Recipients[0].Address
		}
		out = append(out, read)
	}
	return out
}

// Judge says what a mail is. A mail without any sign of a machine is a person's.
func Judge(m Mail) Verdict {
	if v, ok := complaint(m); ok {
		return v
	}
	if v, ok := readReceipt(m); ok {
		return v
	}
	if v, ok := bounce(m); ok {
		return v
	}
	switch {
	case autoReply(m):
		return Verdict{Nature: channels.NatureAutoReply, Originals: originals(m)}
	case list(m):
		return Verdict{Nature: channels.NatureList}
	case notice(m):
		return Verdict{Nature: channels.NatureNotice}
	}
	return Verdict{Nature: channels.NaturePerson}
}

// worst is the outcome of a whole bounce.
func worst(rs []Recipient) Outcome {
	out := None
	for _, r := range rs {
		if r.Outcome == Hard {
			return Hard
		}
		if r.Outcome == Soft {
			out = Soft
		}
	}
	return out
}
