package bench_test

import (
	"encoding/base64"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"strconv"
	"strings"
	"testing"
	"time"

	"parley/internal/testenv"
)

// A mailbox as it is found on a Monday: of so many mails a quarter are replies, each written by whom the
// reply's thread is with, and all come in random order.
const (
	mailCount   = 2000
	mailReplies = mailCount / 4
	mailSize    = 21 << 10
)

// BenchmarkMail measures mail from an IMAP server to conversations that can be read: from the moment the
// account is told to connect until the last mail is committed. The mails have come while it was away.
func BenchmarkMail(b *testing.B) {
	for _, db := range databases {
		b.Run(db.name, func(b *testing.B) {
			server := testenv.StartDovecot(b, testenv.DovecotOptions{})
			s := openSite(b, append(db.env(b), secretKey, "PARLEY_DATA="+b.TempDir(), "PARLEY_EGRESS_ALLOW=127.0.0.0/8"))
			readMailbox(b, s, server)
		})
	}
}

func readMailbox(b *testing.B, s *site, server *testenv.Dovecot) {
	user, account := s.connectMailbox(b, server)
	s.awaitMailbox(b, account)
	s.call(b, "POST", "/api/v1/accounts/"+account+"/pause", s.key, nil, nil)
	for _, mail := range mailbox(user) {
		server.Place(b, user, mail)
	}
	stored := s.metric(b, "parley_intake_batch_events_sum")
	before, commits := costOf(s.PID()), s.commits(b)
	own := processCost(strconv.Itoa(s.PID()))
	began := time.Now()
	s.call(b, "POST", "/api/v1/accounts/"+account+"/resume", s.key, nil, nil)
	for s.metric(b, "parley_intake_batch_events_sum")-stored < mailCount {
		if time.Since(began) > 2*time.Minute {
			b.Fatalf("%v of %d mails after %s", s.metric(b, "parley_intake_batch_events_sum")-stored, mailCount, time.Since(began))
		}
		time.Sleep(20 * time.Millisecond)
	}
	took := time.Since(began)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(mailCount/took.Seconds(), "mails/s")
	before.report(b, s.PID(), mailCount)
	used := processCost(strconv.Itoa(s.PID())).cpu - own.cpu
	b.ReportMetric(float64(used.Microseconds())/mailCount, "own-cpu-µs/msg") // without the database's
	b.ReportMetric((s.commits(b)-commits)/mailCount, "commits/msg")
	right, wrong := judgeThreads(b, s)
	b.ReportMetric(float64(right), "right")
	b.ReportMetric(float64(wrong), "wrong")
	if wrong > 0 || right != mailCount {
		b.Errorf("%d mails in their conversation, %d in another, of %d", right, wrong, mailCount)
	}
}

// connectMailbox makes a mailbox and connects it.
func (s *site) connectMailbox(b *testing.B, server *testenv.Dovecot) (user, account string) {
	b.Helper()
	user, password := server.Mailbox(b)
	host, text, err := net.SplitHostPort(server.IMAP)
	if err != nil {
		b.Fatal(err)
	}
	port, err := strconv.Atoi(text)
	if err != nil {
		b.Fatal(err)
	}
	var made struct {
		ID string `json:"id"`
	}
	s.call(b, "POST", "/api/v1/accounts", s.key, map[string]any{"kind": "email", "name": "Mail", "config": map[string]any{
		"address": user, "password": password, "imap_host": host, "imap_port": port, "imap_security": "none",
		"smtp_host": host, "smtp_port": 25, "smtp_security": "none",
	}}, &made)
	return user, made.ID
}

// awaitMailbox waits until an account listens.
func (s *site) awaitMailbox(b *testing.B, account string) {
	b.Helper()
	for began := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		var a struct {
			State string `json:"state"`
		}
		if s.call(b, "GET", "/api/v1/accounts/"+account, s.key, nil, &a); a.State == "connected" {
			return
		}
		if time.Since(began) > 30*time.Second {
			b.Fatalf("the mailbox is %q after 30 s", a.State)
		}
	}
}

// mailbox writes the mails. All have one subject, so that nobody can thread by it. A reply answers any
// earlier mail of its thread; it may come before that.
func mailbox(to string) [][]byte {
	threads := mailCount - mailReplies
	chains := make([][]string, threads) // ids, the root first
	random := rand.New(rand.NewPCG(1, 2))
	var mails [][]byte
	for i := range mailCount {
		thread := i
		if i >= threads {
			thread = random.IntN(threads)
		}
		var refs string
		if n := len(chains[thread]); n > 0 {
			upTo := chains[thread][:1+random.IntN(n)]
			refs = "In-Reply-To: <" + upTo[len(upTo)-1] + ">\r\nReferences: <" + strings.Join(upTo, "> <") + ">\r\n"
		}
		id := fmt.Sprintf("%d.%d@customers.example", thread, i)
		chains[thread] = append(chains[thread], id)
		mails = append(mails, writeMail(thread, id, refs, to))
	}
	random.Shuffle(len(mails), func(i, j int) { mails[i], mails[j] = mails[j], mails[i] })
	return mails
}

func writeMail(thread int, id, refs, to string) []byte {
	text := fmt.Sprintf("thread %d\r\n\r\nI ordered a lamp and it has not arrived. Could you look where it is?\r\n", thread)
	html := "<html><body><p>" + text + "</p>"
	for n := 0; len(html) < mailSize*2/3; n++ {
		html += fmt.Sprintf("<p>Line %d of the order: one lamp, and a shade that goes with it.</p>\r\n", n)
	}
	encoded := base64.StdEncoding.EncodeToString([]byte(html))
	var b strings.Builder
	fmt.Fprintf(&b, "From: Customer %d <customer%d@customers.example>\r\nTo: %s\r\nSubject: My order\r\nMessage-ID: <%s>\r\n%s"+
		"Date: %s\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\n"+
		"Content-Type: text/plain; charset=utf-8\r\n\r\n%s\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\n"+
		"Content-Transfer-Encoding: base64\r\n\r\n", thread, thread, to, id, refs, time.Now().Format(time.RFC1123Z), text)
	for len(encoded) > 76 {
		b.WriteString(encoded[:76] + "\r\n")
		encoded = encoded[76:]
	}
	b.WriteString(encoded + "\r\n--x--\r\n")
	return []byte(b.String())
}

// judgeThreads reads every conversation: a mail is right where all mails of its thread are and no others.
func judgeThreads(b *testing.B, s *site) (right, wrong int) {
	b.Helper()
	home := map[string]string{} // by thread, the conversation that was seen first
	next := ""
	for {
		var p page
		path := "/api/v1/conversations?limit=100&sort=newest"
		if next != "" {
			path += "&cursor=" + next
		}
		s.call(b, "GET", path, s.key, nil, &p)
		for _, c := range p.Items {
			var messages struct {
				Items []struct {
					Text string `json:"text"`
				} `json:"items"`
			}
			s.call(b, "GET", "/api/v1/conversations/"+c.ID+"/messages?limit=100", s.key, nil, &messages)
			first := ""
			for i, m := range messages.Items {
				thread, _, _ := strings.Cut(m.Text, "\n")
				if i == 0 {
					first = thread
				}
				if home[thread] == "" {
					home[thread] = c.ID
				}
				if thread == first && home[thread] == c.ID {
					right++
				} else {
					wrong++
				}
			}
		}
		if next = p.Next; next == "" {
			return right, wrong
		}
	}
}

// metric reads one of the program's own figures.
func (s *site) metric(b *testing.B, name string) float64 {
	b.Helper()
	res, err := s.client.Get(s.URL + "/metrics")
	if err != nil {
		b.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		b.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if value, ok := strings.CutPrefix(line, name+" "); ok {
			n, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
			if err != nil {
				b.Fatalf("read metrics: %v", err)
			}
			return n
		}
	}
	return 0
}
