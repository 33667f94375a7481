package faults_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// post writes mails as customers would: threads whose replies name what they answer, in an order of
// arrival that is not the one they were written in.
type post struct {
	to      string
	random  *rand.Rand
	threads [][]string // ids of each, the root first
	written int
	bag     [][]byte // written, and not sent yet
}

// bagSize is how many mails overtake one another.
const bagSize = 24

func newPost(to string) *post {
	return &post{to: to, random: rand.New(rand.NewPCG(rand.Uint64(), rand.Uint64()))}
}

// next is the mail that arrives next.
func (p *post) next() []byte {
	for len(p.bag) < bagSize {
		p.bag = append(p.bag, p.write())
	}
	return p.take()
}

// rest are the mails that have not arrived yet.
func (p *post) rest() (mails [][]byte) {
	for len(p.bag) > 0 {
		mails = append(mails, p.take())
	}
	return mails
}

func (p *post) take() []byte {
	i, last := p.random.IntN(len(p.bag)), len(p.bag)-1
	mail := p.bag[i]
	p.bag[i] = p.bag[last]
	p.bag = p.bag[:last]
	return mail
}

// write makes every fourth mail or so a reply to any mail of one of the last threads. One in fifty is so
// large that it does not pass through memory whole.
func (p *post) write() []byte {
	thread, refs := len(p.threads), ""
	if thread > 0 && p.random.IntN(4) == 0 {
		thread -= 1 + p.random.IntN(min(thread, 40))
		upTo := p.threads[thread][:1+p.random.IntN(len(p.threads[thread]))]
		refs = "In-Reply-To: <" + upTo[len(upTo)-1] + ">\nReferences: <" + strings.Join(upTo, "> <") + ">\n"
	} else {
		p.threads = append(p.threads, nil)
	}
	size := 500 + p.random.IntN(20_000)
	if p.random.IntN(50) == 0 {
		size = 300_000
	}
	id := fmt.Sprintf("%d.%d.%x@customers.example", thread, p.written, p.random.Uint64())
	p.threads[thread] = append(p.threads[thread], id)
	var b strings.Builder
	fmt.Fprintf(&b, "From: Customer %d <customer%d@customers.example>\nTo: %s\nSubject: My order\nMessage-ID: <%s>\n%s"+
		"Date: %s\nContent-Type: text/plain; charset=utf-8\n\n%s\n\n",
		thread, thread, p.to, id, refs, time.Now().Format(time.RFC1123Z), mailName(thread, p.written))
	for n := 0; b.Len() < size; n++ {
		fmt.Fprintf(&b, "Line %d of the order: one lamp, and a shade that goes with it.\n", n)
	}
	p.written++
	return []byte(b.String())
}

// mailName is the first line of a mail's text.
func mailName(thread, number int) string { return fmt.Sprintf("thread %d mail %d", thread, number) }

// delivered is how a mailbox's mails were found in the inbox.
type delivered struct{ right, lost, doubled, strayed int }

func (d delivered) String() string {
	return fmt.Sprintf("%d right, %d lost, %d doubled, %d in another conversation", d.right, d.lost, d.doubled, d.strayed)
}

// judgeMails compares what conversations hold, by the first lines of their messages, with the mails that
// were written. A thread's home is the conversation in which it is found first.
func judgeMails(conversations map[string][]string, threads [][]string) (d delivered) {
	seen, home := map[int]int{}, map[int]string{}
	written := 0
	for _, ids := range threads {
		written += len(ids)
	}
	for id, texts := range conversations {
		owner := -1
		for _, text := range texts {
			var thread, number int
			if _, err := fmt.Sscanf(text, "thread %d mail %d", &thread, &number); err != nil {
				d.strayed++ // no mail of ours
				continue
			}
			if owner < 0 {
				owner = thread
			}
			if home[thread] == "" {
				home[thread] = id
			}
			seen[number]++
			switch {
			case seen[number] > 1:
				d.doubled++
			case owner != thread || home[thread] != id:
				d.strayed++
			default:
				d.right++
			}
		}
	}
	d.lost = written - len(seen)
	return d
}
