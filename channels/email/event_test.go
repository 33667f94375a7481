package email_test

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/email"
	"parley/channels/email/imap"
	"parley/channels/email/token"
)

var (
	key       = []byte(strings.Repeat("k", 32))
	connected = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
)

func account(t testing.TB, files channels.Files, more map[string]string) *email.Account {
	t.Helper()
	config := map[string]string{
		"address": "support@shop.example", "aliases": "sales@shop.example,Info@shop.example", "password": "password",
		"imap_host": "imap.shop.example", "smtp_host": "smtp.shop.example",
	}
	for name, value := range more {
		config[name] = value
	}
	a, err := (&email.Driver{}).Open(channels.Account{ID: 7, Kind: channels.KindEmail, Config: config},
		channels.Env{Files: files, Key: key, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	return a.(*email.Account)
}

// event makes an event of a mail that has come in.
func event(t testing.TB, a *email.Account, files channels.Files, m imap.Mail, text string) channels.Event {
	t.Helper()
	raw := strings.ReplaceAll(text, "\n", "\r\n")
	original, err := files.Put(t.Context(), "message.eml", "message/rfc822", strings.NewReader(raw), 1<<30)
	if err != nil {
		t.Fatal(err)
	}
	m.Mailbox, m.Validity, m.UID, m.Connected, m.Original = "INBOX", 5, 9, connected, original
	m.Body = cmp.Or(m.Body, "b0d7")
	if m.Received.IsZero() {
		m.Received = connected.Add(time.Hour)
	}
	ev, err := a.Event(t.Context(), m, strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return ev
}

const question = `From: "Ann Lee" <Ann@Example.ORG>
To: Support <support@shop.example>, bob@example.net
Cc: Eve <eve@example.net>
Subject: Re: =?utf-8?q?=D0=97=D0=B0=D0=BA=D0=B0=D0=B7?=
Date: Fri, 20 Nov 2026 12:30:00 +0000
Message-ID: <three@example.org>
In-Reply-To: <two@shop.example>
References: <one@example.org> <two@shop.example>
Reply-To: office@example.org

Thanks, that helped.

On Fri, 20 Nov 2026, Support wrote:
> Have you tried turning it off?
`

func TestMailBecomesAnEvent(t *testing.T) {
	t.Parallel()
	files := &channeltest.Files{}
	ev := event(t, account(t, files, nil), files, imap.Mail{}, question)
	want := channels.Event{
		Key: "m:three@example.org:b0d7", Direction: channels.Inward, Chat: "one@example.org", Subject: "Re: Заказ",
		Sender: channels.Sender{Scope: "email", Address: "Ann@example.org", Name: "Ann Lee", Verified: true},
		At:     time.Date(2026, 11, 20, 12, 30, 0, 0, time.UTC),
		Message: &channels.Message{
			RemoteID: "three@example.org", Text: "Thanks, that helped.", ReplyTo: "two@shop.example",
			Quoted: "On Fri, 20 Nov 2026, Support wrote:\n> Have you tried turning it off?",
			To: []channels.Address{
				{Scope: "email", Address: "support@shop.example", Name: "Support"}, {Scope: "email", Address: "bob@example.net"},
			},
			Cc:         []channels.Address{{Scope: "email", Address: "eve@example.net", Name: "Eve"}},
			AnswerTo:   []channels.Address{{Scope: "email", Address: "office@example.org"}},
			References: []string{"one@example.org", "two@shop.example"},
		},
		Original: ev.Original,
	}
	if !reflect.DeepEqual(ev, want) {
		t.Errorf("got  %+v\n%+v\nwant %+v\n%+v", ev, ev.Message, want, want.Message)
	}
	if ev.Original == nil || ev.Original.Size != int64(len(question)+strings.Count(question, "\n")) {
		t.Errorf("the mail itself is %+v", ev.Original)
	}
}

// with returns the question with one header line changed, or, given "", without it.
func with(name, line string) string {
	var b strings.Builder
	for l := range strings.Lines(question) {
		switch {
		case !strings.HasPrefix(l, name+":"):
			b.WriteString(l)
		case line != "":
			b.WriteString(line + "\n")
		}
	}
	return b.String()
}

func TestTokensProve(t *testing.T) {
	t.Parallel()
	files := &channeltest.Files{}
	a := account(t, files, nil)
	ours := token.MessageID(key, 4711, "shop.example")
	forged := token.MessageID([]byte("another key of thirty-two bytes!"), 4711, "shop.example")
	plus := token.PlusAddress(key, 4711, "support@shop.example")
	for name, c := range map[string]struct {
		mail          string
		answers, ours int64
	}{
		"nothing of ours": {question, 0, 0},
		"in-reply-to":     {with("In-Reply-To", "In-Reply-To: <"+ours+">"), 4711, 0},
		"references":      {with("References", "References: <"+ours+"> <two@example.org>"), 4711, 0},
		"plus-address":    {with("To", "To: "+plus), 4711, 0},
		"delivered-to":    {"Delivered-To: " + plus + "\n" + question, 4711, 0},
		"its own id":      {with("Message-ID", "Message-ID: <"+ours+">"), 0, 4711},
		"another's key":   {with("In-Reply-To", "In-Reply-To: <"+forged+">"), 0, 0},
	} {
		msg := event(t, a, files, imap.Mail{}, c.mail).Message
		if msg.Answers != c.answers || msg.Ours != c.ours {
			t.Errorf("%s: answers %d, ours %d", name, msg.Answers, msg.Ours)
		}
	}
}

// TestSomebodyElsesMailUnderOurID has a stranger send our mail on as it is: it must not be taken
// for the copy among our sent mail, whichever of them is seen first.
func TestSomebodyElsesMailUnderOurID(t *testing.T) {
	t.Parallel()
	files := &channeltest.Files{}
	a := account(t, files, nil)
	id := "Message-ID: <" + token.MessageID(key, 4711, "shop.example") + ">"
	theirs := with("Message-ID", id)
	own := theirs
	for l := range strings.Lines(theirs) {
		if strings.HasPrefix(l, "From:") {
			own = strings.Replace(theirs, l, "From: support@shop.example\n", 1)
		}
	}
	got, echo := event(t, a, files, imap.Mail{}, theirs), event(t, a, files, imap.Mail{Sent: true}, own)
	if got.Direction != channels.Inward || got.Message.Ours != 4711 || echo.Direction != channels.Echo || got.Key == echo.Key {
		t.Errorf("theirs is %s %q, ours %s %q", got.Direction, got.Key, echo.Direction, echo.Key)
	}
	if again := event(t, a, files, imap.Mail{}, theirs); again.Key != got.Key {
		t.Errorf("seen again its key is %q and was %q", again.Key, got.Key)
	}
}

func TestWhoWrote(t *testing.T) {
	t.Parallel()
	files := &channeltest.Files{}
	plain := account(t, files, nil)
	trusting := account(t, files, map[string]string{"trusted_authserv": "mx.shop.example"})
	ours := with("From", "From: Shop <info@shop.example>")
	results := "Authentication-Results: mx.shop.example; dmarc="
	for name, c := range map[string]struct {
		account   *email.Account
		mail      string
		sent      bool
		direction channels.Direction
		sender    string
		from      string
		warning   string
	}{
		"a contact":                     {plain, question, false, channels.Inward, "Ann@example.org", "", ""},
		"we, elsewhere":                 {plain, ours, true, channels.Echo, "bob@example.net", "info@shop.example", ""},
		"someone with our name":         {plain, ours, false, channels.Inward, "info@shop.example", "", ""},
		"we, as our server says":        {trusting, results + "pass header.from=shop.example\n" + ours, false, channels.Echo, "bob@example.net", "info@shop.example", ""},
		"our server denies it":          {trusting, results + "fail header.from=shop.example\n" + ours, false, channels.Inward, "info@shop.example", "", "dmarc_failed"},
		"another server says so":        {trusting, "Authentication-Results: mx.evil.example; dmarc=pass\n" + ours, false, channels.Inward, "info@shop.example", "", ""},
		"a form writes to ourselves":    {trusting, results + "pass header.from=shop.example\n" + strings.ReplaceAll(strings.ReplaceAll(ours, ", bob@example.net", ""), "Cc: Eve <eve@example.net>\n", ""), false, channels.Inward, "info@shop.example", "", ""},
		"no author, but a way back":     {plain, with("From", ""), false, channels.Inward, "office@example.org", "", ""},
		"a plus does not change who we": {plain, with("From", "From: support+x@shop.example"), true, channels.Echo, "bob@example.net", "support+x@shop.example", ""},
	} {
		ev := event(t, c.account, files, imap.Mail{Sent: c.sent}, c.mail)
		if ev.Direction != c.direction || ev.Sender.Address != c.sender || ev.Message == nil {
			t.Errorf("%s: %s of %q, problem %q", name, ev.Direction, ev.Sender.Address, ev.Problem)
			continue
		}
		from := ""
		if ev.Message.From != nil {
			from = ev.Message.From.Address
		}
		if from != c.from || ev.Message.Warning != c.warning || ev.Sender.Verified != (c.warning == "") {
			t.Errorf("%s: from %q, warning %q, verified %v", name, from, ev.Message.Warning, ev.Sender.Verified)
		}
	}
}

func bounceOf(id string) string {
	return `From: MAILER-DAEMON@mx.example.net
To: support@shop.example
Subject: Undelivered Mail Returned to Sender
Date: Fri, 20 Nov 2026 12:30:00 +0000
Message-ID: <b1@mx.example.net>
Auto-Submitted: auto-replied
Content-Type: multipart/report; report-type=delivery-status; boundary=x

--x

I'm sorry to have to inform you that your message could not be delivered.

--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; nobody@example.net
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--x
Content-Type: text/rfc822-headers

Message-ID: <` + id + `>
From: support@shop.example
To: nobody@example.net
Subject: Hello

--x--
`
}

func TestBouncesReport(t *testing.T) {
	t.Parallel()
	files := &channeltest.Files{}
	a := account(t, files, nil)
	ours := token.MessageID(key, 4711, "shop.example")
	ev := event(t, a, files, imap.Mail{}, bounceOf(ours))
	if ev.Nature != channels.NatureBounce || ev.Message.Answers != 4711 || len(ev.Message.Reports) != 1 {
		t.Fatalf("a bounce is %q, answers %d, reports %+v", ev.Nature, ev.Message.Answers, ev.Message.Reports)
	}
	r := ev.Message.Reports[0]
	if r.MessageID != 4711 || r.Recipient != "nobody@example.net" || r.Code != "5.1.1" || r.State != channels.DeliveryFailed || r.Text == "" {
		t.Errorf("it reports %+v", r)
	}
	forged := event(t, a, files, imap.Mail{}, bounceOf("p.made-up@shop.example"))
	if forged.Nature != channels.NatureBounce || len(forged.Message.Reports) > 0 || forged.Message.Answers != 0 {
		t.Errorf("a bounce of nothing we wrote reports %+v", forged.Message.Reports)
	}
}

// TestBounceWithAThread has a bounce name the whole thread in its References, as Exim does: only
// the mail that it brings back has failed.
func TestBounceWithAThread(t *testing.T) {
	t.Parallel()
	files := &channeltest.Files{}
	earlier, ours := token.MessageID(key, 4700, "shop.example"), token.MessageID(key, 4711, "shop.example")
	for name, references := range map[string]string{
		"behind": "References: <" + earlier + "> <ann@x.example> <" + ours + ">\n", "before": "In-Reply-To: <" + earlier + ">\n",
	} {
		ev := event(t, account(t, files, nil), files, imap.Mail{}, references+bounceOf(ours))
		if r := ev.Message.Reports; len(r) != 1 || r[0].MessageID != 4711 {
			t.Errorf("%s: it reports %+v", name, r)
		}
	}
}

func TestWhatIsHistory(t *testing.T) {
	t.Parallel()
	files := &channeltest.Files{}
	a := account(t, files, nil)
	old := with("Date", "Date: Fri, 6 Nov 2026 12:30:00 +0000")
	for name, c := range map[string]struct {
		m    imap.Mail
		mail string
		want bool
	}{
		"news":                          {imap.Mail{}, question, false},
		"came before":                   {imap.Mail{Historic: true}, question, true},
		"by another clock":              {imap.Mail{Received: connected.Add(-time.Minute)}, question, false},
		"written long ago":              {imap.Mail{}, old, false},
		"written long ago, renumbered":  {imap.Mail{Renumbered: true}, old, true},
		"news that was given a new UID": {imap.Mail{Renumbered: true}, question, false},
	} {
		if ev := event(t, a, files, c.m, c.mail); ev.Historic != c.want {
			t.Errorf("%s: historic %v", name, ev.Historic)
		}
	}
	future := event(t, a, files, imap.Mail{}, with("Date", "Date: Fri, 6 Nov 2099 12:30:00 +0000"))
	if !future.At.Equal(connected.Add(time.Hour)) {
		t.Errorf("a mail from the future is of %s", future.At)
	}
}

func TestOddMails(t *testing.T) {
	t.Parallel()
	files := &channeltest.Files{}
	a := account(t, files, nil)
	long := strings.Repeat("x", 900) + "@example.org"
	ev := event(t, a, files, imap.Mail{}, with("Message-ID", "Message-ID: <"+long+">"))
	answer := event(t, a, files, imap.Mail{}, with("In-Reply-To", "In-Reply-To: <"+long+">"))
	if id := ev.Message.RemoteID; len(id) > 200 || len(ev.Key) > channels.MaxKey || answer.Message.ReplyTo != id {
		t.Errorf("a long id is %q, the answer to it names %q", id, answer.Message.ReplyTo)
	}
	for name, text := range map[string]string{"empty": "", "no mail": "{", "nobody": "Subject: x\n\nHello"} {
		ev := event(t, a, files, imap.Mail{}, text)
		if ev.Problem == "" || ev.Message != nil || len(ev.Raw) == 0 || ev.Key == "" {
			t.Errorf("%s: %+v", name, ev)
		}
	}
}

// TestCopiesOfOneMail have one key, whatever servers did to them; different mails have different ones.
func TestCopiesOfOneMail(t *testing.T) {
	t.Parallel()
	files := &channeltest.Files{}
	a := account(t, files, nil)
	nameless := strings.Replace(question, "Message-ID: <three@example.org>\n", "", 1)
	undated := strings.Replace(nameless, "Date: Fri, 20 Nov 2026 12:30:00 +0000\n", "", 1)
	base := event(t, a, files, imap.Mail{}, nameless)
	if id := base.Message.RemoteID; len(id) > 100 || !strings.Contains(id, "@") {
		t.Errorf("a mail without an id is %q", id)
	}
	for name, c := range map[string]struct {
		m    imap.Mail
		one  string
		two  string
		same bool
	}{
		"in another folder":                    {imap.Mail{}, nameless, nameless, true},
		"among those sent":                     {imap.Mail{Sent: true}, nameless, nameless, true},
		"by way of another server":             {imap.Mail{}, nameless, "Received: from x by y; Fri, 20 Nov 2026 12:31:00 +0000\nDelivered-To: sales@shop.example\n" + nameless, true},
		"with a header folded":                 {imap.Mail{}, nameless, strings.Replace(nameless, "Support <", "Support\n <", 1), true},
		"the same words to somebody else":      {imap.Mail{}, nameless, strings.Replace(nameless, "bob@", "carl@", 1), false},
		"the same words later":                 {imap.Mail{}, nameless, strings.Replace(nameless, "12:30", "12:31", 1), false},
		"other words":                          {imap.Mail{Body: "other"}, nameless, nameless, false},
		"undated, again":                       {imap.Mail{}, undated, undated, true},
		"undated, by another way":              {imap.Mail{}, undated, "Received: from x by y\n" + undated, false},
		"with an id, among those sent":         {imap.Mail{Sent: true}, question, question, true},
		"with an id, by way of another server": {imap.Mail{}, question, "Received: from x by y\n" + question, true},
		"other words under the same id":        {imap.Mail{Body: "other"}, question, question, false},
	} {
		one, two := event(t, a, files, imap.Mail{}, c.one), event(t, a, files, c.m, c.two)
		if (one.Key == two.Key) != c.same {
			t.Errorf("%s: %q and %q", name, one.Key, two.Key)
		}
		if c.same && one.Message.RemoteID != two.Message.RemoteID {
			t.Errorf("%s: ids %q and %q", name, one.Message.RemoteID, two.Message.RemoteID)
		}
	}
}

// TestMailWithVeryManyFiles is taken in: what is too much stands in the mail as it came.
func TestMailWithVeryManyFiles(t *testing.T) {
	t.Parallel()
	files := &channeltest.Files{}
	text := with("Reply-To", "Content-Type: multipart/mixed; boundary=x")
	text = text[:strings.Index(text, "\n\n")] + "\n\n--x\n\nSee the pictures.\n"
	for range 150 {
		text += "--x\nContent-Type: image/png\nContent-Disposition: attachment; filename=a.png\n\nbytes\n"
	}
	ev := event(t, account(t, files, nil), files, imap.Mail{}, text+"--x--\n")
	if ev.Problem != "" || ev.Message.Text != "See the pictures." || len(ev.Message.Files) != channels.MaxMessageFiles {
		t.Errorf("problem %q, %d files", ev.Problem, len(ev.Message.Files))
	}
}

// badReader breaks after some bytes.
type badReader struct{ r io.Reader }

var errBroken = errors.New("broken")

func (b badReader) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if errors.Is(err, io.EOF) {
		err = errBroken
	}
	return n, err
}

func TestAMailThatCannotBeReadIsNoEvent(t *testing.T) {
	t.Parallel()
	a := account(t, &channeltest.Files{}, nil)
	if _, err := a.Event(t.Context(), imap.Mail{}, badReader{strings.NewReader(question)}); !errors.Is(err, errBroken) {
		t.Errorf("got %v", err)
	}
}

// TestEveryCorpusMailIsAnEvent takes all mails at hand, most of them odd or broken: each becomes one
// event that intake takes, within its time.
func TestEveryCorpusMailIsAnEvent(t *testing.T) {
	t.Parallel()
	root := "../../../shared/corpora"
	if _, err := os.Stat(root); err != nil {
		t.Skip("the corpora are not here")
	}
	files := &channeltest.Files{}
	a := account(t, files, nil)
	mails, quarantined := 0, 0
	for _, dir := range []string{"mime", "bounce"} {
		err := filepath.WalkDir(filepath.Join(root, dir), func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() || !slices.Contains([]string{".eml", ".msg", ".raw"}, filepath.Ext(path)) {
				return err
			}
			raw, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			original, err := files.Put(t.Context(), "message.eml", "message/rfc822", bytes.NewReader(raw), 1<<30)
			if err != nil {
				return err
			}
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			defer cancel()
			ev, err := a.Event(ctx, imap.Mail{
				Mailbox: "INBOX", Validity: 1, UID: 1, Original: original, Body: "b", Received: connected, Connected: connected,
			}, bytes.NewReader(raw))
			mails++
			switch {
			case err != nil:
				t.Errorf("%s: %v", path, err)
			case ev.Problem != "":
				quarantined++
			case ev.Message == nil, ev.Chat == "", len(ev.Chat) > channels.MaxChat, ev.Sender.Address == "", len(ev.Key) > channels.MaxKey,
				len(ev.Message.Text)+len(ev.Message.Quoted)+len(ev.Message.HTML) > channels.MaxText:
				t.Errorf("%s: %+v", path, ev)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d mails, %d of them name nobody and are in quarantine", mails, quarantined)
	if mails < 500 {
		t.Errorf("only %d mails", mails)
	}
}

// TestReadAgainAsFromTheMailbox reads kept mails again, and as the mailbox would give them once more.
func TestReadAgainAsFromTheMailbox(t *testing.T) {
	t.Parallel()
	files := &channeltest.Files{}
	a := account(t, files, nil)
	again := func(text string) []channels.Event {
		t.Helper()
		ev := event(t, a, files, imap.Mail{}, text)
		got, err := a.Reread(t.Context(), channels.Kept{Original: ev.Original, At: connected})
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	nameless := with("Message-ID", "")
	for name, text := range map[string]string{"with an id": question, "without one": nameless} {
		body, err := imap.BodyOf(strings.NewReader(strings.ReplaceAll(text, "\n", "\r\n")))
		if err != nil {
			t.Fatal(err)
		}
		want := event(t, a, files, imap.Mail{Body: body}, text)
		got := again(text)
		if len(got) != 1 || got[0].Key != want.Key || got[0].Message.RemoteID != want.Message.RemoteID || got[0].Message.Text != want.Message.Text {
			t.Errorf("%s: read again as %+v, want %+v", name, got, want)
		}
	}
	ours := strings.Replace(question, `"Ann Lee" <Ann@Example.ORG>`, "Support <support@shop.example>", 1)
	to := "To: Support <support@shop.example>, bob@example.net\nCc: Eve <eve@example.net>\n"
	for name, c := range map[string]struct {
		mail string
		want int
	}{
		"in our name, to others":    {ours, 0},
		"in our name, to nobody":    {strings.Replace(ours, to, "", 1), 0},
		"in our name, to ourselves": {strings.Replace(ours, to, "To: Info@shop.example\n", 1), 1},
	} {
		if got := again(c.mail); len(got) != c.want {
			t.Errorf("%s: %d events, want %d", name, len(got), c.want)
		}
	}
}
