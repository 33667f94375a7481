package smtp

import (
	"fmt"
	"strings"

	"parley/channels"
)

const (
	// maxNamed bounds how many refused recipients an error names.
	maxNamed = 3
	// patientTries is how many attempts wait for a recipient whom the server asks to wait for,
	// before the mail goes to the others: about a quarter of an hour of greylisting.
	patientTries = 4
)

// unwelcome says what becomes of a mail some of whose recipients were refused. It goes to the others,
// and the draft notes for whom it was not accepted, when waiting would not help: those are refused for
// good, or the server has asked to wait for them long enough. nil means that it goes.
//
// Otherwise the error is that of the whole mail, which has gone to nobody. One that concerns the
// account, or the mail rather than the recipient, decides; then one that passes by itself.
func (ss *session) unwelcome(d *draft, commands []command, replies []reply, refused []int) *channels.Error {
	var worst *channels.Error
	var named []string
	patient := d.attempt < patientTries
	for _, i := range refused {
		e := ss.judge(stageRecipient, replies[i])
		if worst == nil || heavier(e, worst, patient) {
			worst = e
		}
		address := strings.TrimSuffix(strings.TrimPrefix(commands[i].line, "RCPT TO:<"), ">")
		named = append(named, address+": "+ss.said(replies[i]))
	}
	if more := len(named) - maxNamed; more > 0 {
		named = append(named[:maxNamed], fmt.Sprintf("and %d more", more))
	}
	list := strings.Join(named, "; ")
	if len(refused) < len(d.recipients) && weight(worst, patient) == ofRecipient {
		d.problem = failure(channels.Permanent, CodePartly, "")
		d.problem.Text = phrases[CodePartly].Fill(map[string]string{"who": list}).EN
		return nil
	}
	worst.Text = phrases[worst.Code].EN + ": " + list
	return worst
}

// How far a refused recipient reaches.
const (
	ofRecipient = iota // it is about this one alone
	ofPatience         // this one may be taken later
	ofMail
)

// heavier tells whether e decides rather than f.
func heavier(e, f *channels.Error, patient bool) bool {
	if a, b := weight(e, patient), weight(f, patient); a != b {
		return a > b
	}
	return e.Kind == channels.Transient && f.Kind != channels.Transient
}

func weight(e *channels.Error, patient bool) int {
	switch {
	case e.Scope == channels.ScopeAccount, e.Kind == channels.AuthFailed, e.Code == CodeManyRecipients, e.Code == CodeTooLarge:
		return ofMail
	case e.Kind == channels.Transient && patient:
		return ofPatience
	}
	return ofRecipient
}
