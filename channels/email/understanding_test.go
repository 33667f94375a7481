package email_test

import (
	"strings"
	"testing"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/email"
	"parley/channels/email/imap"
	"parley/channels/email/token"
)

// groupMail is what a client writes to a group of ours that has our mailbox as its member.
const groupMail = `From: "'Ann Lee' via Desk" <desk@shop.example>
Reply-To: Ann Lee <ann@example.org>
X-Original-From: Ann Lee <ann@example.org>
To: desk@shop.example
Cc: Bob <bob@example.net>
Subject: Where is my order?
Date: Fri, 20 Nov 2026 12:30:00 +0000
Message-ID: <group@example.org>
Precedence: list
Mailing-list: list desk@shop.example; contact desk+owners@shop.example
List-ID: <desk.shop.example>
X-Google-Group-Id: 332403668183
List-Post: <https://groups.google.com/a/shop.example/group/desk/post>, <mailto:desk@shop.example>
List-Unsubscribe: <mailto:googlegroups-manage+5+unsubscribe@googlegroups.com>

Hello?
`

func TestGroupBringsWhatClientsWrite(t *testing.T) {
	t.Parallel()
	files := &channeltest.Files{}
	a := account(t, files, map[string]string{"aliases": "desk@shop.example", "trusted_authserv": "mx.shop.example"})
	passed := "Authentication-Results: mx.shop.example; dmarc=pass header.from=shop.example\n"
	for name, c := range map[string]struct {
		mail     string
		verified bool
		answerTo string
	}{
		"in its own name":      {groupMail, false, ""},
		"proven, in its name":  {passed + groupMail, false, ""},
		"in the client's name": {strings.Replace(groupMail, `"'Ann Lee' via Desk" <desk@shop.example>`, "Ann Lee <ann@example.org>", 1), true, ""},
		"answers to the group": {strings.NewReplacer(`"'Ann Lee' via Desk" <desk@shop.example>`, "Ann Lee <ann@example.org>", "Reply-To: Ann Lee <ann@example.org>", "Reply-To: Desk <Desk@shop.example>").Replace(groupMail), true, ""},
		"answers elsewhere":    {strings.Replace(groupMail, "Reply-To: Ann Lee <ann@example.org>", "Reply-To: office@example.org", 1), false, "office@example.org"},
	} {
		ev := event(t, a, files, imap.Mail{}, c.mail)
		if ev.Nature != channels.NaturePerson || ev.Direction != channels.Inward || ev.Sender.Address != "ann@example.org" || ev.Sender.Name != "Ann Lee" || ev.Sender.Verified != c.verified {
			t.Errorf("%s: %q, %s, from %+v", name, ev.Nature, ev.Direction, ev.Sender)
		}
		to := ""
		for _, p := range ev.Message.AnswerTo {
			to += p.Address
		}
		if to != c.answerTo || ev.Message.Unanswerable != "" {
			t.Errorf("%s: answers go to %q, and machines': %q", name, to, ev.Message.Unanswerable)
		}
	}
	elsewhere := event(t, a, files, imap.Mail{}, strings.ReplaceAll(groupMail, "shop.example", "shop.example.net"))
	if elsewhere.Nature != channels.NatureList {
		t.Errorf("a group of others brings mail of %q", elsewhere.Nature)
	}
	// Who calls themselves a list is not whom they name.
	named := strings.NewReplacer("shop.example", "evil.example", "Cc: Bob <bob@example.net>", "Cc: support@shop.example").Replace(groupMail)
	if got := event(t, a, files, imap.Mail{}, named).Sender.Address; got != "desk@evil.example" {
		t.Errorf("a list of others writes as %q", got)
	}
	hosted := account(t, files, map[string]string{"address": "shop@mail.ru", "aliases": ""})
	if got := event(t, hosted, files, imap.Mail{}, strings.ReplaceAll(groupMail, "shop.example", "mail.ru")).Sender.Address; got != "desk@mail.ru" {
		t.Errorf("a neighbour at the hoster writes as %q", got)
	}
}

func TestMachinesMayNotAnswer(t *testing.T) {
	t.Parallel()
	files := &channeltest.Files{}
	a := account(t, files, nil)
	for line, want := range map[string]string{
		"": "",
		"Disposition-Notification-To: ann@example.org\n": "",
		"X-Auto-Response-Suppress: All\n":                "suppressed",
		"List-Id: <all.example.org>\n":                   "list",
	} {
		ev := event(t, a, files, imap.Mail{}, line+question)
		if ev.Nature != channels.NaturePerson || ev.Message.Unanswerable != want {
			t.Errorf("with %q it is of %q and not to be answered because of %q, want %q", line, ev.Nature, ev.Message.Unanswerable, want)
		}
	}
}

// receiptOf is what a mail program sends when it has shown a mail.
func receiptOf(id string) string {
	return `From: Ann <ann@example.org>
To: support@shop.example
Subject: Read: Hello
Date: Fri, 20 Nov 2026 12:30:00 +0000
Message-ID: <read@example.org>
In-Reply-To: <` + id + `>
Content-Type: multipart/report; report-type=disposition-notification; boundary=x

--x

It was shown.
--x
Content-Type: message/disposition-notification

Final-Recipient: rfc822; ann@example.org
Original-Message-ID: <` + id + `>
Disposition: manual-action/MDN-sent-manually; displayed

--x--
`
}

func TestReadReceiptsAreReceipts(t *testing.T) {
	t.Parallel()
	files := &channeltest.Files{}
	a := account(t, files, nil)
	ev := event(t, a, files, imap.Mail{}, receiptOf(token.MessageID(key, 4711, "shop.example")))
	want := channels.Receipt{MessageID: 4711, State: channels.Read, Recipient: "ann@example.org"}
	if ev.Receipt == nil || *ev.Receipt != want || ev.Message != nil || ev.Problem != "" {
		t.Errorf("a read receipt is %+v, and says %+v", ev, ev.Receipt)
	}
	ev = event(t, a, files, imap.Mail{}, receiptOf("another@example.org"))
	if ev.Receipt != nil || ev.Nature != channels.NatureAutoReply || ev.Message == nil || len(ev.Message.Reports) != 0 {
		t.Errorf("one of a mail that is not proven ours is %+v, and says %+v", ev, ev.Receipt)
	}
}

// TestUnnamedGroupIsTold has a mail come by a group of a mail service of which nobody said that it is ours.
func TestUnnamedGroupIsTold(t *testing.T) {
	t.Parallel()
	files := &channeltest.Files{}
	foreign := strings.ReplaceAll(groupMail, "shop.example", "googlegroups.com")
	ev := event(t, account(t, files, nil), files, imap.Mail{}, foreign)
	if ev.Nature != channels.NatureList || !strings.Contains(ev.Hint, "group desk@googlegroups.com open no") {
		t.Errorf("of the nature %q it says %q", ev.Nature, ev.Hint)
	}
	said := channels.NewGlossary(nil, &email.Driver{}).Words(channels.KindEmail, channels.CodeProblem, ev.Hint)
	if !strings.Contains(said.RU, "в группу desk@googlegroups.com не открывают") {
		t.Errorf("in Russian it says %q", said.RU)
	}
	if ev := event(t, account(t, files, nil), files, imap.Mail{Historic: true}, foreign); ev.Hint != "" {
		t.Errorf("of an old mail it says %q", ev.Hint)
	}
	named := event(t, account(t, files, map[string]string{"aliases": "desk@googlegroups.com"}), files, imap.Mail{}, foreign)
	if named.Nature != channels.NaturePerson || named.Hint != "" {
		t.Errorf("of our own it says %q %q", named.Nature, named.Hint)
	}
}

// TestWarningWithoutSettings has an administrator who has named no server.
func TestWarningWithoutSettings(t *testing.T) {
	t.Parallel()
	files := &channeltest.Files{}
	a := account(t, files, nil)
	trace := "Received: from relay.example.org by mx.shop.example with ESMTPS\nAuthentication-Results: mx.shop.example; dmarc=fail header.from=example.org\n"
	relay := "Received: from desk by relay.example.org\n"
	if got := event(t, a, files, imap.Mail{}, trace+relay+question).Message.Warning; got != "dmarc_failed" {
		t.Errorf("the receiving server's word gives the warning %q", got)
	}
	forged := strings.Replace(trace, "Authentication-Results", relay+"Authentication-Results", 1)
	if got := event(t, a, files, imap.Mail{}, forged+question).Message.Warning; got != "" {
		t.Errorf("what stands below a foreign hop gives the warning %q", got)
	}
}

func TestDamageIsTold(t *testing.T) {
	t.Parallel()
	files := &channeltest.Files{}
	a := account(t, files, nil)
	if event(t, a, files, imap.Mail{}, question).Message.Damaged {
		t.Error("a whole mail is damaged")
	}
	broken := with("Date", "Content-Type: application/ms-tnef; name=winmail.dat")
	if !event(t, a, files, imap.Mail{}, broken).Message.Damaged {
		t.Error("a mail with a broken winmail.dat is whole")
	}
}
