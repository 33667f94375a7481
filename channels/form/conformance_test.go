package form_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/form"
)

func TestConformance(t *testing.T) {
	t.Parallel()
	channeltest.Run(t, channeltest.Harness{New: setup})
}

// visitors are people with a form before them; they press the button until they are thanked.
type visitors struct {
	journal *channeltest.Journal

	mu      sync.Mutex
	texts   []string
	waiting []int // by number
	changed chan struct{}
}

func setup(_ testing.TB, j *channeltest.Journal) channeltest.Setup {
	v := &visitors{journal: j, changed: make(chan struct{}, 1)}
	return channeltest.Setup{
		Driver:  &form.Driver{},
		Account: channels.Account{ID: 3, Kind: channels.KindForm, Name: "Form", Config: map[string]string{"fields": "text"}},
		Arrive: func(text string) {
			v.mu.Lock()
			v.texts = append(v.texts, text)
			n := len(v.texts) - 1
			v.mu.Unlock()
			v.offer(n)
		},
		Again: func(text string) {
			v.mu.Lock()
			n := slices.Index(v.texts, text)
			v.mu.Unlock()
			v.offer(n)
		},
		Push:         v.push,
		ReceivesOnly: true,
	}
}

func (v *visitors) offer(n int) {
	v.mu.Lock()
	v.waiting = append(v.waiting, n)
	v.mu.Unlock()
	select {
	case v.changed <- struct{}{}:
	default:
	}
}

func (v *visitors) push(ctx context.Context, a channels.Adapter, in channels.Inbound) {
	for ctx.Err() == nil {
		v.mu.Lock()
		waiting := slices.Clone(v.waiting)
		texts := slices.Clone(v.texts)
		v.mu.Unlock()
		if len(waiting) == 0 {
			select {
			case <-v.changed:
			case <-ctx.Done():
			}
			continue
		}
		n := waiting[0]
		_, err := a.(*form.Account).Take(ctx, in, form.Submission{Fields: []form.Field{{Name: "submission_id", Value: fmt.Sprint("s", n)}, {Name: "text", Value: texts[n]}}})
		if err != nil {
			continue
		}
		v.mu.Lock()
		v.waiting = v.waiting[1:]
		v.mu.Unlock()
		v.journal.Acknowledged(texts[n])
	}
}
