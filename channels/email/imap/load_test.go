package imap_test

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/email/imap"
	"parley/internal/blob"
	"parley/internal/testenv"
)

// diskFiles keep files as the program does: what is put is not held in memory.
type diskFiles struct{ blobs *blob.Disk }

func newDiskFiles(t testing.TB) diskFiles {
	t.Helper()
	d, err := blob.OpenDisk(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return diskFiles{d}
}

func (d diskFiles) Put(ctx context.Context, name, mediaType string, r io.Reader, most int64) (channels.File, error) {
	ref, err := d.blobs.Put(ctx, r, most)
	return channels.File{Hash: ref.Hash, Name: name, Type: mediaType, Size: ref.Size}, err
}

func (d diskFiles) Open(ctx context.Context, f channels.File) (io.ReadCloser, error) {
	r, _, err := d.blobs.Open(ctx, f.Hash)
	return r, err
}

// highWater watches how much memory is in use while a mail comes in.
type highWater struct {
	stop chan struct{}
	done chan struct{}
	most atomic.Uint64
}

func watchMemory() *highWater {
	w := &highWater{stop: make(chan struct{}), done: make(chan struct{})}
	go func() {
		defer close(w.done)
		tick := time.NewTicker(2 * time.Millisecond)
		defer tick.Stop()
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			w.most.Store(max(w.most.Load(), m.HeapInuse+m.StackInuse))
			select {
			case <-tick.C:
			case <-w.stop:
				return
			}
		}
	}()
	return w
}

func (w *highWater) end() uint64 {
	close(w.stop)
	<-w.done
	return w.most.Load()
}

// TestLargeMailTakesLittleMemory is not parallel: it looks at the memory of the whole process.
func TestLargeMailTakesLittleMemory(t *testing.T) {
	const size, most = 26 << 20, 32 << 20
	h := newHouse(t, testenv.StartDovecot(t, testenv.DovecotOptions{}))
	h.env.Files = newDiskFiles(t)
	large := letter("large", size)
	h.server.Deliver(t, h.user, large)
	large = nil
	runtime.GC()
	debug.FreeOSMemory()
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	w := watchMemory()
	h.start()
	h.arrives("large")
	used := int64(w.end()) - int64(before.HeapInuse+before.StackInuse)
	t.Logf("%d MB of mail in %.1f MB of memory", size>>20, float64(used)/(1<<20))
	if used > most {
		t.Errorf("a mail of %d MB took %.1f MB of memory", size>>20, float64(used)/(1<<20))
	}
}

// TestIdleMailboxesCostNothing has twenty mailboxes look for mail as fast as they can be made to, and
// works out what one look a minute each costs. It is not parallel: it counts the process's time.
func TestIdleMailboxesCostNothing(t *testing.T) {
	const mailboxes, looks = 20, 400
	server := testenv.StartDovecot(t, testenv.DovecotOptions{})
	var made atomic.Int64
	clock := func() time.Time { // every look ends with a question for the time
		made.Add(1)
		return time.Now()
	}
	var wg sync.WaitGroup
	ctx, cancel := context.WithCancel(t.Context())
	defer wg.Wait()
	defer cancel()
	houses := make([]*house, mailboxes)
	for i := range houses {
		h := newHouse(t, server)
		h.config.Poll, h.env.Now = time.Millisecond, clock
		houses[i] = h
		r := imap.New(h.config, h.env, h.translate)
		wg.Go(func() {
			if err := r.Run(ctx, h.in); err != nil {
				t.Error(err)
			}
		})
	}
	for _, h := range houses {
		h.connected()
	}
	begun, from := cpu(t), made.Load()
	deadline := time.Now().Add(time.Minute)
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for made.Load()-from < looks {
		if time.Now().After(deadline) {
			t.Fatalf("only %d looks in a minute", made.Load()-from)
		}
		<-tick.C
	}
	each := (cpu(t) - begun) / time.Duration(made.Load()-from)
	share := float64(each*mailboxes) / float64(time.Minute) * 100
	t.Logf("a look takes %s of the processor, %d mailboxes with one a minute %.3f %% of a core", each, mailboxes, share)
	if share > 1 {
		t.Errorf("%d idle mailboxes take %.2f %% of a core", mailboxes, share)
	}
}

func cpu(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// TestManyMailsInOrder reads a full mailbox and says how fast.
func TestManyMailsInOrder(t *testing.T) {
	t.Parallel()
	const mails = 1000
	h := newHouse(t, testenv.StartDovecot(t, testenv.DovecotOptions{}))
	list, texts := make([][]byte, mails), make([]string, mails)
	for i := range list {
		texts[i] = fmt.Sprint("mail ", i)
		list[i] = letter(texts[i], 21<<10)
	}
	h.server.Deliver(t, h.user, list...)
	h.env.Files = newDiskFiles(t)
	begun := time.Now()
	h.start()
	h.arrives(texts...)
	took := time.Since(begun)
	t.Logf("%d mails in %s: %.0f mails/s", mails, took.Round(time.Millisecond), mails/took.Seconds())
	for i, ev := range h.rec.Events() {
		if ev.Message.Text != texts[i] {
			t.Fatalf("mail %d is %q", i, ev.Message.Text)
		}
	}
}
