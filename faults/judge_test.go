//go:build unix

package faults_test

import (
	"fmt"
	"net/http"
	"slices"
	"time"
)

// answerAll has an agent write one answer to each conversation, first by one node and, when that does not answer,
// by the other, as one and the same request.
func (n *nodes) answerAll(k *talk) {
	list := n.reached
	if len(list) < len(n.lines) {
		k.looks++
		found, err := n.conversations(n.api(k.looks % 2))
		if err != nil {
			n.refusal = err // this node is just being broken
			return
		}
		n.reached, list = found, found
	}
	k.rounds++
	for line, id := range list {
		if k.rounds%n.lines[line].every() != 0 {
			continue
		}
		k.answers++
		text := fmt.Sprintf("answer %d on line %d", k.answers, line)
		for try := range 2 {
			a := n.api((k.answers + try) % 2)
			key := fmt.Sprintf("answer-%d", k.answers)
			if n.refusal = a.call(http.MethodPost, "/conversations/"+id+"/messages", key, map[string]any{"text": text}, nil); n.refusal == nil {
				break
			}
		}
	}
}

// judge compares what was said with what is stored, what is stored as sent with what arrived, and both with what
// the open pages saw.
func (n *nodes) judge() {
	t := n.t
	t.Helper()
	found, err := n.conversations(n.api(0))
	if err != nil {
		t.Fatal(err)
	}
	if len(found) != len(n.lines) {
		t.Fatalf("%d lines have a conversation, want %d", len(found), len(n.lines))
	}
	figures := map[string]int{}
	for line, id := range found {
		stored := n.settled(id)
		var inward []string
		got := map[string]int{}
		for _, text := range n.lines[line].sent() {
			got[text]++
		}
		for i, m := range stored {
			if m.Seq == nil || *m.Seq != int64(i+1) {
				t.Errorf("line %d: message %d has not the number %d", line, i, i+1)
			}
			if m.Direction == "inbound" {
				inward = append(inward, m.Text)
			} else {
				n.judgeAnswer(line, m, got[m.Text], figures)
			}
			n.judgePages(m.Text)
		}
		figures["inbound"] += len(inward)
		if !slices.Equal(inward, n.talk.said[line]) {
			t.Errorf("line %d: people wrote %d messages, %d are stored, or in another order", line, len(n.talk.said[line]), len(inward))
		}
	}
	t.Logf("lines: %v", figures)
	if figures["inbound"] < 100 || figures["sent"] < 20 {
		t.Errorf("that was no load: %v; the last refusal of an answer: %v", figures, n.refusal)
	}
}

// judgeAnswer compares the state of an answer with how often it arrived.
func (n *nodes) judgeAnswer(line int, m message, arrived int, figures map[string]int) {
	figures[m.State]++
	switch {
	case arrived > 1:
		n.t.Errorf("line %d: %q (%s) arrived %d times", line, m.Text, m.State, arrived)
	case m.State == "sent" && arrived != 1:
		n.t.Errorf("line %d: %q is called sent and did not arrive", line, m.Text)
	case m.State == "failed" && arrived != 0:
		n.t.Errorf("line %d: %q is called failed and arrived", line, m.Text)
	case m.State != "sent" && m.State != "uncertain" && m.State != "failed":
		n.t.Errorf("line %d: %q is still %s", line, m.Text, m.State)
	}
}

func (n *nodes) judgePages(text string) {
	for i, page := range n.page {
		if times := page.times(text); times != 1 {
			n.t.Errorf("the page on node %d was told %d times of %q", i, times, text)
		}
	}
}

// judgeCommits expects that nothing was committed for an account by a node that was not its owner.
func (n *nodes) judgeCommits() {
	n.t.Helper()
	all, stale := n.audit.commits()
	n.t.Logf("%d deliveries and claims, %d of them by a node that had lost the account", all, stale)
	if all < 200 || stale != 0 {
		n.t.Errorf("%d stale commits of %d", stale, all)
	}
}

// settled are a conversation's messages when nothing of it is on its way any more, and the pages have
// heard of the last.
func (n *nodes) settled(id string) []message {
	n.t.Helper()
	deadline := time.Now().Add(60 * time.Second)
	for {
		list := n.api(0).messages(id)
		busy := slices.ContainsFunc(list, func(m message) bool { return m.State == "queued" || m.State == "sending" })
		heard := len(list) > 0 && n.page[0].times(list[len(list)-1].Text) > 0 && n.page[1].times(list[len(list)-1].Text) > 0
		if !busy && heard || time.Now().After(deadline) {
			return list
		}
		time.Sleep(100 * time.Millisecond) // between looks
	}
}
