package live

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

// LinkOptions is what a Link is made of.
type LinkOptions struct {
	// URL of the Redis server.
	URL string
	// Channel is the same for all nodes of an installation, and for nobody else.
	Channel string
	// Seal and Open keep what travels from other users of the Redis server. What does not
	// open is dropped.
	Seal func(plain []byte) []byte
	Open func(sealed []byte) ([]byte, error)
	// Receive is told of what other nodes sent, one message after the other. from names
	// the node. It must not block for long.
	Receive func(from, topic string, body []byte)
	Log     *slog.Logger
}

// Link carries small messages between the nodes of an installation, over one channel of
// Redis. It may lose them: a node that is away, a Redis that is gone or flushed, a queue
// that is full. So nothing may depend on it but how soon something is seen. It is safe
// for concurrent use, and none of its methods waits for Redis.
type Link struct {
	o      LinkOptions
	me     string
	client *redis.Client

	mu    sync.Mutex
	wakes map[string]bool // topics that others are to be woken on
	queue []note

	more chan struct{}
	stop context.CancelFunc
	done sync.WaitGroup
}

// Bounds of a Link.
const (
	maxNotes   = 1024                   // messages that wait to be sent
	maxBody    = 64 << 10               // bytes of one message
	sendTime   = time.Second            // one round of sending
	linkRest   = time.Second            // after a failure
	linkGather = 2 * time.Millisecond   // for what may go together
	linkCheck  = 3 * time.Second        // how often a quiet connection is tried
	linkDial   = 500 * time.Millisecond // connecting
)

// NewLink returns a Link; Start makes it work. It does not reach for Redis.
func NewLink(o LinkOptions) (*Link, error) {
	settings, err := redis.ParseURL(o.URL)
	if err != nil {
		return nil, fmt.Errorf("read redis address: it is none") // the cause would quote the password
	}
	settings.DialTimeout, settings.MaxRetries = linkDial, -1
	return &Link{o: o, me: rand.Text(), client: redis.NewClient(settings), wakes: map[string]bool{}, more: make(chan struct{}, 1)}, nil
}

// Start begins to send and to receive.
func (l *Link) Start() {
	ctx, cancel := context.WithCancel(context.Background())
	l.stop = cancel
	l.done.Go(func() { l.send(ctx) })
	l.done.Go(func() { l.receive(ctx) })
}

// Stop sends what waits, as far as that is quick, and ends.
func (l *Link) Stop() error {
	if l.stop == nil {
		return l.client.Close()
	}
	ctx, cancel := context.WithTimeout(context.Background(), linkDial)
	defer cancel()
	err := l.flush(ctx)
	l.stop()
	l.done.Wait()
	_ = l.client.Close() // nothing is left that could be lost
	if err != nil {
		return fmt.Errorf("say good-bye to redis: %w", err)
	}
	return nil
}

// Wake has the other nodes receive a topic without a body. Several wakes of a topic
// that have not left yet are one.
func (l *Link) Wake(topic string) {
	l.mu.Lock()
	l.wakes[topic] = true
	l.mu.Unlock()
	l.signal()
}

// Send has the other nodes receive a message. A body that is too long is dropped, and so
// is a message that finds no room.
func (l *Link) Send(topic string, body []byte) {
	l.mu.Lock()
	if len(l.queue) < maxNotes && len(body) <= maxBody {
		l.queue = append(l.queue, note{From: l.me, Topic: topic, Body: body})
	}
	l.mu.Unlock()
	l.signal()
}

func (l *Link) signal() {
	select {
	case l.more <- struct{}{}:
	default:
	}
}

// send publishes what gathers, until ctx ends. What cannot be published is dropped.
func (l *Link) send(ctx context.Context) {
	failing := false
	for {
		select {
		case <-ctx.Done():
			return
		case <-l.more:
		}
		rest := linkGather
		err := l.flush(ctx)
		if err != nil {
			rest = linkRest
			if !failing && ctx.Err() == nil {
				l.o.Log.Warn("redis not reached: nodes find each other's news by themselves, a little later", "error", err)
			}
		} else if failing {
			l.o.Log.Info("redis reached again")
		}
		failing = err != nil
		select {
		case <-ctx.Done():
			return
		case <-time.After(rest):
		}
	}
}

// flush publishes everything that waits in one round trip.
func (l *Link) flush(ctx context.Context) error {
	l.mu.Lock()
	list := l.queue
	l.queue = nil
	for topic := range l.wakes {
		list = append(list, note{From: l.me, Topic: topic})
	}
	clear(l.wakes)
	l.mu.Unlock()
	if len(list) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, sendTime)
	defer cancel()
	_, err := l.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for _, n := range list {
			p.Publish(ctx, l.o.Channel, l.o.Seal(n.bytes()))
		}
		return nil
	})
	return err
}

// receive hands on what others publish, until ctx ends. The library connects again by
// itself.
func (l *Link) receive(ctx context.Context) {
	sub := l.client.Subscribe(ctx, l.o.Channel)
	defer sub.Close()
	list := sub.Channel(redis.WithChannelHealthCheckInterval(linkCheck), redis.WithChannelSize(maxNotes))
	for {
		select {
		case <-ctx.Done():
			return
		case m, open := <-list:
			if !open {
				return
			}
			l.take([]byte(m.Payload))
		}
	}
}

// take hands a message on, unless it is our own or nobody's.
func (l *Link) take(sealed []byte) {
	plain, err := l.o.Open(sealed)
	if err != nil {
		return
	}
	if n, ok := readNote(plain); ok && n.From != l.me {
		l.o.Receive(n.From, n.Topic, n.Body)
	}
}
