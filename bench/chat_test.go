package bench_test

import (
	"crypto/rand"
	"fmt"
	"testing"
	"time"
)

const (
	chatClients       = 8
	visitorsPerClient = 25
)

// chat measures site-chat messages, each acknowledged after its commit: every client writes, waits for
// the answer and writes again, as its next visitor.
func chat(b *testing.B, s *site) {
	account := chatAccount(b, s)
	tokens := make([][]string, chatClients)
	for worker := range tokens {
		for range visitorsPerClient {
			var v struct {
				Token string `json:"token"`
			}
			s.call(b, "POST", "/chat/"+account+"/visitors", "", map[string]any{"page": "https://shop.example/"}, &v)
			tokens[worker] = append(tokens[worker], v.Token)
		}
	}

	var l latencies
	written := make([]int, chatClients)
	before, commits := costOf(s.PID()), s.commits(b)
	calls, took := during(chatClients, 10*time.Second, func(worker int) {
		token := tokens[worker][written[worker]%visitorsPerClient]
		written[worker]++
		began := time.Now()
		_, err := s.try("POST", "/chat/"+account+"/messages", token, map[string]any{
			"client_id": uuid(), "text": "Is the blue one in stock, and can it be here by Friday?",
		}, nil)
		if err != nil {
			b.Error(err)
		}
		l.add(time.Since(began))
	})
	l.report(b)
	b.ReportMetric(float64(calls)/took.Seconds(), "msg/s")
	before.report(b, s.PID(), calls)
	b.ReportMetric((s.commits(b)-commits)/float64(calls), "commits/msg")
}

// chatAccount is the site chat that every installation begins with.
func chatAccount(b *testing.B, s *site) string {
	b.Helper()
	var accounts struct {
		Items []struct{ ID, Kind string } `json:"items"`
	}
	s.call(b, "GET", "/api/v1/accounts", s.key, nil, &accounts)
	for _, a := range accounts.Items {
		if a.Kind == "webchat" {
			return a.ID
		}
	}
	b.Fatal("there is no site chat")
	return ""
}

// uuid is a random one, version 4.
func uuid() string {
	var u [16]byte
	_, _ = rand.Read(u[:]) // never fails
	u[6], u[8] = u[6]&0x0f|0x40, u[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", u[0:4], u[4:6], u[6:8], u[8:10], u[10:])
}
