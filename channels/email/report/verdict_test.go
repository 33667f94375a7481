package report_test

import (
	"slices"
	"strings"
	"testing"

	"parley/channels"
	"parley/channels/email/report"
)

// Mails that the tests share. Their lines end in "\n"; the reader does not mind.
const (
	hardDSN = `Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.example.org>
To: us@example.com
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; ann@example.org
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <ann@example.org>: no such
    user here

--b
Content-Type: text/rfc822-headers

From: us@example.com
Message-ID: <first@example.com>
To: ann@example.org

--b--
`
	qmailBounce = `Return-Path: <>
From: MAILER-DAEMON@mx.example.org
To: us@example.com
Subject: failure notice

Hi. This is the qmail-send program at mx.example.org.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<ann@example.org>:
192.0.2.1 does not like recipient.
Remote host said: 550 5.1.1 <ann@example.org>... User Unknown
Giving up on 192.0.2.1.

--- Below this line is a copy of the message.

Return-Path: <us@example.com>
Message-ID: <first@example.com>
To: ann@example.org
Subject: Hello

Hello
`
	feedback = `From: <feedback@isp.example.org>
To: us@example.com
Subject: Abuse report
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: text/plain

A complaint.

--b
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: X/1
Version: 1
Original-Rcpt-To: <ann@example.org>

--b
Content-Type: message/rfc822

From: us@example.com
Message-ID: <first@example.com>
To: ann@example.org
Subject: Hello

Hello
--b--
`
)

// person is the header of a mail that somebody wrote.
const person = "Return-Path: <bob@example.org>\nFrom: Bob <bob@example.org>\nTo: us@example.com\nMessage-ID: <x@example.org>\n"

func TestJudge(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, mail string
		nature     channels.Nature
		outcome    report.Outcome
		who, code  string // of the first recipient
	}{
		{"a person", person + "Subject: Hello\n\nHello", channels.NaturePerson, "", "", ""},
		{"nothing at all", "\n\n", channels.NaturePerson, "", "", ""},

		{"failed for good", hardDSN, channels.NatureBounce, report.Hard, "ann@example.org", "5.1.1"},
		{"failed for now", strings.ReplaceAll(hardDSN, "Status: 5.1.1", "Status: 4.4.7"), channels.NatureBounce, report.Soft, "ann@example.org", "4.4.7"},
		{"delayed", strings.Replace(hardDSN, "failed", "delayed", 1), channels.NatureNotice, "", "", ""},
		{"relayed", strings.Replace(hardDSN, "failed", "relayed", 1), channels.NatureNotice, "", "", ""},
		{"delivered", strings.Replace(strings.Replace(hardDSN, "failed", "delivered", 1), "Status: 5.1.1", "Status: 2.1.5", 1), channels.NatureNotice, "", "", ""},
		{"expanded", strings.Replace(hardDSN, "failed", "expanded", 1), channels.NatureNotice, "", "", ""},
		{"no status", strings.Replace(hardDSN, "Status: 5.1.1\n", "", 1), channels.NatureBounce, report.Hard, "ann@example.org", "5.1.1"},
		{"a vague status", strings.Replace(hardDSN, "Status: 5.1.1", "Status: 5.0.0", 1), channels.NatureBounce, report.Hard, "ann@example.org", "5.1.1"},
		{"a status that its words deny", strings.NewReplacer("Status: 5.1.1", "Status: 5.0.0", "550 5.1.1", "451 4.7.1").Replace(hardDSN), channels.NatureBounce, report.Soft, "ann@example.org", "5.0.0"},

		{"qmail", qmailBounce, channels.NatureBounce, report.Hard, "ann@example.org", "5.1.1"},
		{"qmail, for now", strings.ReplaceAll(qmailBounce, "550 5.1.1", "450 4.2.2"), channels.NatureBounce, report.Soft, "ann@example.org", "4.2.2"},
		{"exim", "From: Mail Delivery System <Mailer-Daemon@mx.example.org>\nX-Failed-Recipients: ann@example.org\nSubject: Mail delivery failed: returning message to sender\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  ann@example.org\n    host mx.example.org [192.0.2.5]\n    SMTP error from remote mail server after RCPT TO:<ann@example.org>:\n    550 5.1.1 unknown\n",
			channels.NatureBounce, report.Hard, "ann@example.org", "5.1.1"},
		{"exim, without a code", "From: Mail Delivery System <Mailer-Daemon@mx.example.org>\nX-Failed-Recipients: ann@example.org\nSubject: Mail delivery failed: returning message to sender\n\nThis is a permanent error. The following address(es) failed:\n\n  ann@example.org\n    retry timeout exceeded\n",
			channels.NatureBounce, report.Soft, "ann@example.org", ""},
		{"exim, delay", "From: Mail Delivery System <Mailer-Daemon@mx.example.org>\nSubject: Warning: message 1abc delayed 24 hours\n\nA message that you sent has not yet been delivered to one or more of its\nrecipients after more than 24 hours.\n\n  ann@example.org\n    Delay reason: 450 busy\n",
			channels.NatureNotice, "", "", ""},
		{"gmail, delay", "From: <mailer-daemon@googlemail.com>\nSubject: Delivery Status Notification (Delay)\n\nTHIS IS A WARNING MESSAGE ONLY.\nDelivery to the following recipient has been delayed:\n\n ann@example.org\n\n550 5.1.1 later\n",
			channels.NatureNotice, "", "", ""},
		{"mail.ru", "From: mailer-daemon@corp.mail.ru\nReturn-Path: <>\nSubject: =?utf-8?B?0JLQsNGI0LUg0YHQvtC+0LHRidC10L3QuNC1INC90LUg0LTQvtGB0YLQsNCy0LvQtdC90L4=?=\nContent-Type: text/plain; charset=utf-8\n\nК сожалению, Ваше письмо не может быть доставлено одному или нескольким получателям:\n\nann@example.org\nтакой пользователь не найден\n",
			channels.NatureBounce, report.Hard, "ann@example.org", ""},
		{"mailbox full, in words", "From: postmaster@example.org\nSubject: Undeliverable Mail\n\nUser mailbox exceeds allowed size: ann@example.org\n", channels.NatureBounce, report.Soft, "ann@example.org", ""},
		{"m-filter", "From: <>\nReturn-Path: <>\nSubject: failure notice\n\nann@example.org\n\n-------server message\n550 5.4.1 Access denied\n-------SMTP command\nDATA\n-------original mail info\nMessage-ID: <first@example.com>\n",
			channels.NatureBounce, report.Hard, "ann@example.org", "5.4.1"},
		{"loose status in the text", "From: MAILER-DAEMON@example.org\nSubject: Returned mail\n\nReporting-MTA: dns; x\n\nFinal-Recipient: RFC822; <ann@example.org>\nAction: failed\nStatus: 5.5.0\n", channels.NatureBounce, report.Hard, "ann@example.org", "5.5.0"},

		{"amazon, nobody named", "From: no-reply@sns.amazonaws.com\nSubject: AWS\n\n{\"notificationType\":\"Bounce\",\"bounce\":{\"bounceType\":\"Permanent\"}}\n", channels.NatureNotice, "", "", ""},
		{"amazon, for now", "From: no-reply@sns.amazonaws.com\nSubject: AWS\n\n{\"notificationType\":\"Bounce\",\"bounce\":{\"bounceType\":\"Transient\",\"bouncedRecipients\":[{\"emailAddress\":\"ann@example.org\",\n\"status\":\"5.7.1\"}]}}\n\n--\nUnsubscribe\n",
			channels.NatureBounce, report.Soft, "ann@example.org", "5.7.1"},

		{"complaint", feedback, channels.NatureComplaint, "", "ann@example.org", ""},
		{"redacted complaint", strings.ReplaceAll(feedback, "ann@example.org", "redacted@example.org"), channels.NatureComplaint, "", "", ""},
		{"not spam", strings.Replace(feedback, "Feedback-Type: abuse", "Feedback-Type: not-spam", 1), channels.NatureNotice, "", "", ""},
		{"a report of DMARC", strings.Replace(feedback, "Feedback-Type: abuse", "Feedback-Type: auth-failure", 1), channels.NatureNotice, "", "", ""},

		{"vacation", person + "Auto-Submitted: auto-replied (vacation)\nSubject: Gone\n\nBack on Monday", channels.NatureAutoReply, "", "", ""},
		{"vacation by exchange", "Return-Path: <>\nFrom: Bob <bob@example.org>\nX-Auto-Response-Suppress: All\nSubject: Automatic reply: Hello\n\nBack on Monday", channels.NatureAutoReply, "", "", ""},
		{"vacation in russian", person + "Precedence: auto_reply\nSubject: x\n\nЯ в отпуске", channels.NatureAutoReply, "", "", ""},
		{"vacation, old programs", person + "X-Autoreply: yes\nSubject: Re: Hello\n\nAway", channels.NatureAutoReply, "", "", ""},
		{"a read receipt", person + "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\nSubject: Read: Hello\n\n--b\n\nread\n--b\nContent-Type: message/disposition-notification\n\nOriginal-Message-ID: <first@example.com>\n--b--\n", channels.NatureAutoReply, "", "", ""},
		{"only a subject", person + "Subject: Out of office next week, can we meet?\n\nBob", channels.NaturePerson, "", "", ""},
		{"a person says no", person + "Auto-Submitted: no\nSubject: Hello\n\nBob", channels.NaturePerson, "", "", ""},

		{"mailing list", person + "List-Id: <talk.example.org>\nSubject: [talk] Hello\n\nHello", channels.NatureList, "", "", ""},
		{"google group", person + "Mailing-list: list team@example.org; contact team+owners@example.org\nSubject: Hello\n\nHello", channels.NatureList, "", "", ""},
		{"newsletter", person + "List-Unsubscribe: <mailto:u@example.org>\nPrecedence: bulk\nSubject: News\n\nNews", channels.NatureList, "", "", ""},
		{"one click", person + "List-Unsubscribe: <https://example.org/u>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\nSubject: News\n\nNews", channels.NatureList, "", "", ""},
		{"a way to unsubscribe alone", person + "List-Unsubscribe: <https://example.org/u>\nSubject: Re: your order\n\nHello", channels.NaturePerson, "", "", ""},

		{"an order", person + "Auto-Submitted: auto-generated\nSubject: Order 5\n\nThanks", channels.NatureNotice, "", "", ""},
		{"no-reply", "From: Shop <no-reply@example.org>\nSubject: Order 5\n\nThanks", channels.NatureNotice, "", "", ""},
		{"null sender", "Return-Path: <>\nFrom: Shop <shop@example.org>\nSubject: Order 5\n\nThanks", channels.NatureNotice, "", "", ""},
		{"postmaster writes", "From: postmaster@example.org\nSubject: Hello\n\nWe moved.", channels.NatureNotice, "", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v := report.Judge(load(t, tt.mail))
			who, code := "", ""
			if len(v.Recipients) > 0 {
				who, code = v.Recipients[0].Address, v.Recipients[0].Code
			}
			if v.Nature != tt.nature || v.Outcome != tt.outcome || who != tt.who || code != tt.code {
				t.Errorf("%q, %q, %q, %q; want %q, %q, %q, %q", v.Nature, v.Outcome, who, code, tt.nature, tt.outcome, tt.who, tt.code)
			}
		})
	}
}

// TestLookAlikes holds mails that speak of bounces and are none: nobody is suppressed for
// them.
func TestLookAlikes(t *testing.T) {
	t.Parallel()
	nested := func(inner string) string {
		return person + "Subject: see attached\nContent-Type: multipart/mixed; boundary=outer\n\n--outer\n\nWhat is this?\n--outer\nContent-Type: message/rfc822\n\n" + inner + "\n--outer--\n"
	}
	_, body, _ := strings.Cut(qmailBounce, "\n\n")
	_, parts, _ := strings.Cut(hardDSN, "\n\n")
	for name, mail := range map[string]string{
		"a bounce attached":        nested(hardDSN),
		"a text bounce attached":   nested(qmailBounce),
		"a complaint attached":     nested(feedback),
		"a bounce pasted":          person + "Subject: What does this mean?\n\n" + body,
		"a bounce forwarded":       person + "Subject: Fwd: failure notice\n\n---------- Forwarded message ---------\nFrom: MAILER-DAEMON@mx.example.org\n\n" + body,
		"a bounce's parts passed":  person + "Subject: Fwd: Undelivered Mail Returned to Sender\nContent-Type: multipart/mixed; boundary=\"b\"\n\n" + parts,
		"a whole report passed on": person + "Subject: FW: Undelivered Mail Returned to Sender\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\n\n" + parts,
		"a report in russian":      person + "Subject: Fwd: не доставлено\nContent-Type: text/plain; charset=utf-8\n\nПочему 550 5.1.1 user unknown?",
		"vacation that quotes":     "Return-Path: <>\nFrom: Bob <bob@example.org>\nAuto-Submitted: auto-replied\nSubject: Out of office\n\nI am away.\n\n> 550 5.1.1 user unknown\n> could not be delivered to ann@example.org",
		"address out of use":       "Return-Path: <>\nFrom: Bob <bob@example.org>\nAuto-Submitted: auto-replied\nX-Auto-Response-Suppress: All\nSubject: Automatic reply: Hello\n\nThis mailbox no longer exists. 550 5.1.1",
		"answers to a bounce":      person + "In-Reply-To: <b@mx.example.org>\nSubject: Re: Undelivered Mail Returned to Sender\n\nStill 550 5.1.1 for <ann@example.org>: user unknown",
		"a monitor's notice":       "From: no-reply@monitor.example.org\nAuto-Submitted: auto-generated\nSubject: Mail delivery failed on host 5\n\n550 5.1.1 <ann@example.org> user unknown",
		"a list's bounce probe":    person + "List-Id: <talk.example.org>\nSubject: [talk] Undelivered Mail\n\n<ann@example.org>: 550 5.1.1 user unknown",
		"a postmaster who writes":  "Return-Path: <postmaster@example.org>\nFrom: Ann Lee <postmaster@example.org>\nSubject: our new rules\n\nHello, from 5.1.2026 on mail to old@example.org is not answered.",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := report.Judge(load(t, mail))
			if v.Outcome != report.None || v.Nature == channels.NatureBounce || v.Nature == channels.NatureComplaint {
				t.Errorf("judged %q, %q: %+v", v.Nature, v.Outcome, v.Recipients)
			}
		})
	}
}

func TestReceipts(t *testing.T) {
	t.Parallel()
	for _, mail := range []string{hardDSN, qmailBounce} {
		v := report.Judge(load(t, mail))
		if !slices.Equal(v.Originals, []string{"first@example.com"}) {
			t.Fatalf("originals %q", v.Originals)
		}
		got := v.Receipts(4711)
		if len(got) != 1 {
			t.Fatalf("receipts %+v", got)
		}
		r := got[0]
		if r.MessageID != 4711 || r.State != channels.DeliveryFailed || r.Code != "5.1.1" || r.Recipient != "ann@example.org" || r.Text == "" {
			t.Errorf("receipt %+v", r)
		}
	}
	if got := report.Judge(load(t, feedback)); !slices.Equal(got.Originals, []string{"first@example.com"}) || got.Receipts(4711) != nil {
		t.Errorf("complaint %+v", got)
	}
}

func TestSeveralRecipients(t *testing.T) {
	t.Parallel()
	mail := strings.Replace(hardDSN, "\n--b\nContent-Type: text/rfc822-headers", `
Final-Recipient: rfc822; bea@example.org
Action: delayed
Status: 4.4.1

Original-Recipient: rfc822;cid@example.org
Final-Recipient: rfc822; mailbox7@internal.example.org
Action: failed
Status: 4.2.2 (mailbox full)

--b
Content-Type: text/rfc822-headers`, 1)
	v := report.Judge(load(t, mail))
	var got []string
	for _, r := range v.Recipients {
		got = append(got, r.Address+" "+string(r.Outcome)+" "+r.Code)
	}
	want := []string{"ann@example.org hard 5.1.1", "cid@example.org soft 4.2.2"}
	if !slices.Equal(got, want) || v.Outcome != report.Hard {
		t.Errorf("%q, %q, want %q", got, v.Outcome, want)
	}
}

func TestAnswerTo(t *testing.T) {
	t.Parallel()
	own := []string{"us@example.com"}
	for name, tt := range map[string]struct {
		mail string
		want report.Why
	}{
		"a person":           {person + "Subject: Hello\n\nHello", report.Answerable},
		"says no":            {person + "Auto-Submitted: no\n\nHello", report.Answerable},
		"nobody":             {"Subject: x\n\nx", report.NoAddress},
		"ourselves":          {"From: Us <us@example.com>\n\nx", report.OwnAddress},
		"ourselves, plus":    {"From: Us <US+5@Example.com>\n\nx", report.OwnAddress},
		"back to us":         {person + "Reply-To: us+t1@example.com\n\nx", report.OwnAddress},
		"null sender":        {"Return-Path: <>\nFrom: bob@example.org\n\nx", report.NullSender},
		"machine":            {person + "Auto-Submitted: auto-generated\n\nx", report.Automatic},
		"vacation":           {person + "X-Autoreply: yes\n\nx", report.Automatic},
		"bounce":             {strings.Replace(strings.Replace(hardDSN, "Return-Path: <>\n", "", 1), "Auto-Submitted: auto-replied\n", "", 1), report.Automatic},
		"list":               {person + "List-Id: <t.example.org>\n\nx", report.FromList},
		"bulk":               {person + "Precedence: bulk\n\nx", report.Bulk},
		"newsletter":         {person + "List-Unsubscribe: <mailto:x@example.org>\n\nx", report.Bulk},
		"no-reply":           {"From: noreply@example.org\n\nx", report.Unattended},
		"no-reply to":        {person + "Reply-To: do-not-reply@example.org\n\nx", report.Unattended},
		"asked not to":       {person + "X-Auto-Response-Suppress: DR, OOF, AutoReply\n\nx", report.Suppressed},
		"asks for a receipt": {person + "Disposition-Notification-To: bob@example.org\n\nx", report.Answerable},
		"through our group":  {person + groupFields("example.com"), report.Answerable},
		"group as reply-to":  {person + "Reply-To: help@example.com\n" + groupFields("example.com"), report.Answerable},
		"through another's":  {person + groupFields("example.net"), report.FromList},
		"asked no receipt":   {person + "X-Auto-Response-Suppress: DR, RN\n\nx", report.Answerable},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := load(t, tt.mail)
			m.Own, m.Home = own, []string{"example.com"}
			if got := report.AnswerTo(m); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}
