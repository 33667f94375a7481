package rest

import (
	"bytes"
	"fmt"
	"strconv"
)

// Events writes several events at once: what has gathered while the client was busy
// leaves in one piece. Those without a Name are left out.
func (w *EventWriter) Events(list ...Shown) error {
	var b bytes.Buffer
	for _, s := range list {
		s.appendTo(&b)
	}
	if b.Len() == 0 {
		return nil
	}
	return w.write(b.Bytes())
}

func (s *Shown) appendTo(b *bytes.Buffer) {
	if s.Name == "" {
		return
	}
	if s.ID != "" {
		b.WriteString("id: " + s.ID + "\n")
	}
	b.WriteString("event: " + s.Name + "\ndata: ")
	if s.Data == nil {
		b.WriteString("{}")
	}
	b.Write(s.Data)
	b.WriteString("\n\n")
}

// ParsePlace reads an id of the event stream; ok is false when it is none of ours.
func ParsePlace(text string) (id int64, ok bool) {
	id, err := strconv.ParseInt(text, 10, 64)
	return id, err == nil && id >= 0
}

// PlaceOf writes an id of the event stream; 0 is "" for what is not resumed after.
func PlaceOf(id int64) string {
	if id == 0 {
		return ""
	}
	return fmt.Sprint(id)
}
