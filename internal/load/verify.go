package load

import (
	"context"
	"fmt"
	"strconv"

	"parley/channels"
)

// Stored is a message of a visitor as the store has it.
type Stored struct {
	Key          string
	Conversation int64
	Seq          int64
}

// Transcript reads what a visitor's thread holds, in the order of conversations and
// sequence: inbound and outbound, with gaps if there are any.
type Transcript interface {
	Transcript(ctx context.Context, account channels.AccountID, chat string) ([]Stored, error)
}

// Verdict is the result of comparing a journal with the store.
type Verdict struct {
	Acknowledged int      // messages that the server acknowledged
	Unknown      int      // tried, never acknowledged; may be stored or not
	Stored       int      // of both kinds
	Lost         int      // acknowledged and not stored
	Doubled      int      // stored more than once
	Reordered    int      // stored in another order than sent, or with a hole in the sequence
	Findings     []string // the first few in words
}

// OK tells whether nothing is wrong.
func (v Verdict) OK() bool { return v.Lost == 0 && v.Doubled == 0 && v.Reordered == 0 }

// String is the verdict in one line.
func (v Verdict) String() string {
	return fmt.Sprintf("acknowledged %d, unknown %d, stored %d: lost %d, doubled %d, reordered %d",
		v.Acknowledged, v.Unknown, v.Stored, v.Lost, v.Doubled, v.Reordered)
}

const maxFindings = 20

func (v *Verdict) find(format string, args ...any) {
	if len(v.Findings) < maxFindings {
		v.Findings = append(v.Findings, fmt.Sprintf(format, args...))
	}
}

// Verify compares the journal's entries with the store, visitor by visitor.
func Verify(ctx context.Context, entries []Entry, store Transcript) (Verdict, error) {
	var v Verdict
	type thread struct{ account, visitor string }
	sent := map[thread]map[string]*Entry{}
	var order []thread
	for i := range entries {
		e := &entries[i]
		t := thread{e.Account, e.Visitor}
		if sent[t] == nil {
			sent[t] = map[string]*Entry{}
			order = append(order, t)
		}
		if have := sent[t][e.Client]; have == nil {
			sent[t][e.Client] = e
		} else if e.Acked {
			have.Acked = true
		}
	}
	for _, t := range order {
		account, err := strconv.ParseInt(t.account, 10, 64)
		if err != nil {
			return v, fmt.Errorf("verify journal: account %q is not an id", t.account)
		}
		stored, err := store.Transcript(ctx, channels.AccountID(account), t.visitor)
		if err != nil {
			return v, fmt.Errorf("verify journal: %w", err)
		}
		v.thread(t.visitor, sent[t], stored)
	}
	return v, nil
}

// thread judges one visitor.
func (v *Verdict) thread(visitor string, sent map[string]*Entry, stored []Stored) {
	seen := map[string]bool{}
	last := 0
	var conversation, seq int64
	for _, s := range stored {
		if s.Conversation != conversation {
			conversation, seq = s.Conversation, 0
		}
		if s.Seq != seq+1 {
			v.Reordered++
			v.find("visitor %s: seq %d follows %d in conversation %d", visitor, s.Seq, seq, s.Conversation)
		}
		seq = s.Seq
		e := sent[s.Key]
		if e == nil {
			continue // not of this journal
		}
		v.Stored++
		if seen[s.Key] {
			v.Doubled++
			v.find("visitor %s: message %d is stored twice", visitor, e.N)
			continue
		}
		seen[s.Key] = true
		if e.N <= last {
			v.Reordered++
			v.find("visitor %s: message %d stands after %d", visitor, e.N, last)
		}
		last = max(last, e.N)
	}
	for key, e := range sent {
		if !e.Acked {
			v.Unknown++
			continue
		}
		v.Acknowledged++
		if !seen[key] {
			v.Lost++
			v.find("visitor %s: message %d was acknowledged and is not stored", visitor, e.N)
		}
	}
}
