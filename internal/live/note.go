package live

import "bytes"

// note is a message between nodes: the sender, the topic, and what is said, each of the
// first two on a line of its own.
type note struct {
	From, Topic string
	Body        []byte
}

func (n note) bytes() []byte {
	return append([]byte(n.From+"\n"+n.Topic+"\n"), n.Body...)
}

// readNote reads what bytes wrote.
func readNote(b []byte) (n note, ok bool) {
	from, rest, first := bytes.Cut(b, []byte("\n"))
	topic, body, second := bytes.Cut(rest, []byte("\n"))
	if !first || !second || len(from) == 0 || len(topic) == 0 {
		return note{}, false
	}
	return note{From: string(from), Topic: string(topic), Body: body}, true
}
