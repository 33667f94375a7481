package load

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"
)

// Entry is one line of the journal. Acked lines stand for messages that the server
// acknowledged; the others were tried and their outcome is unknown.
type Entry struct {
	Account string `json:"account"`
	Visitor string `json:"visitor"`
	N       int    `json:"n"` // the visitor's message number, from 1
	Client  string `json:"client_id"`
	Acked   bool   `json:"acked"`
}

// Journal is an append-only file of entries, synced to disk at least every 20 ms.
type Journal struct {
	mu    sync.Mutex
	file  *os.File
	w     *bufio.Writer
	dirty bool
	err   error
	stop  chan struct{}
	done  chan struct{}
}

// OpenJournal appends to a file, so that a run after a restart continues it. A last
// line that a crash has cut goes.
func OpenJournal(path string) (*Journal, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open journal: %w", err)
	}
	if err := dropCutLine(f); err != nil {
		return nil, errors.Join(fmt.Errorf("open journal: %w", err), f.Close())
	}
	j := &Journal{file: f, w: bufio.NewWriterSize(f, 1<<16), stop: make(chan struct{}), done: make(chan struct{})}
	go j.sync()
	return j, nil
}

// longestLine is more than any line of a journal has, in bytes.
const longestLine = 1 << 16

// dropCutLine removes what stands after the last line break.
func dropCutLine(f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	from := max(0, info.Size()-longestLine)
	end := make([]byte, info.Size()-from)
	if _, err := f.ReadAt(end, from); err != nil {
		return err
	}
	whole := bytes.LastIndexByte(end, '\n') + 1
	if whole == 0 && from > 0 {
		return errors.New("it does not end in lines")
	}
	return f.Truncate(from + int64(whole))
}

// Write appends an entry. It reports the first error of the file, also of earlier syncs.
func (j *Journal) Write(e Entry) error {
	line, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("write journal: %w", err)
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.err != nil {
		return j.err
	}
	j.dirty = true
	_, err = j.w.Write(append(line, '\n'))
	return err
}

func (j *Journal) sync() {
	defer close(j.done)
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			j.flush()
		case <-j.stop:
			return
		}
	}
}

func (j *Journal) flush() {
	j.mu.Lock()
	defer j.mu.Unlock()
	if !j.dirty || j.err != nil {
		return
	}
	if j.err = j.w.Flush(); j.err == nil {
		j.err = j.file.Sync()
	}
	j.dirty = false
}

// Close syncs and closes the file.
func (j *Journal) Close() error {
	close(j.stop)
	<-j.done
	j.flush()
	if err := j.file.Close(); err != nil && j.err == nil {
		j.err = err
	}
	return j.err
}

// ReadJournal reads all entries of a file. A cut last line, as a crash of the
// generator leaves it, is passed over.
func ReadJournal(path string) ([]Entry, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read journal: %w", err)
	}
	defer f.Close()
	var list []Entry
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var e Entry
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			if lines.Scan() {
				return nil, fmt.Errorf("read journal: line %d: %w", len(list)+1, err)
			}
			break
		}
		list = append(list, e)
	}
	return list, lines.Err()
}
