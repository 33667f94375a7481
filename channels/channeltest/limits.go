package channeltest

import (
	"reflect"
	"slices"
	"strings"

	"parley/channels"
)

func limitChecks() []check {
	return []check{
		{name: "has abilities and limits that agree", run: abilitiesAgree},
		{name: "has limits that make sense", run: limitsMakeSense},
		{name: "refuses what is over a limit", run: refusesOverLimit},
		{name: "sends what is just within the limit", run: sendsWithinLimit, needs: func(s Setup) bool { return s.Attempts != nil }},
	}
}

func abilitiesAgree(s *stage) {
	l := s.adapter.Limits()
	_, edits := s.adapter.(channels.Editor)
	_, deletes := s.adapter.(channels.Deleter)
	_, reacts := s.adapter.(channels.Reactor)
	if edits != (l.EditWindow > 0) {
		s.Errorf("EditWindow is %s, the adapter is an Editor: %v", l.EditWindow, edits)
	}
	if deletes != (l.DeleteWindow > 0) {
		s.Errorf("DeleteWindow is %s, the adapter is a Deleter: %v", l.DeleteWindow, deletes)
	}
	if reacts != l.Reactions {
		s.Errorf("Reactions is %v, the adapter is a Reactor: %v", l.Reactions, reacts)
	}
}

func limitsMakeSense(s *stage) {
	l := s.adapter.Limits()
	if !reflect.DeepEqual(l, s.adapter.Limits()) {
		s.Error("two looks at the limits differ")
	}
	for name, text := range map[string]channels.TextLimit{"Text": l.Text, "Caption": l.Caption} {
		units := []channels.Unit{channels.UnitRunes, channels.UnitUTF16, channels.UnitBytes, channels.UnitSegments}
		if text.Max < 0 || text.Max > 0 && !slices.Contains(units, text.Unit) {
			s.Errorf("%s is %d %q", name, text.Max, text.Unit)
		}
	}
	if (l.Files.MaxCount > 0) != (l.Files.MaxBytes > 0) {
		s.Errorf("%d files of %d bytes", l.Files.MaxCount, l.Files.MaxBytes)
	}
	if l.Text.Max == 0 && l.Files.MaxCount == 0 && !s.ReceivesOnly {
		s.Error("neither text nor files can be sent")
	}
	for name, r := range map[string]channels.Rate{"PerAccount": l.PerAccount, "PerChat": l.PerChat} {
		if r.Count < 0 || (r.Count > 0) != (r.Per > 0) {
			s.Errorf("%s is %d per %s", name, r.Count, r.Per)
		}
	}
	if l.EditWindow < 0 || l.DeleteWindow < 0 || l.Window < 0 || l.SendTimeout < 0 {
		s.Error("a duration is negative")
	}
	if len(l.Emoji) > 0 && !l.Reactions {
		s.Errorf("%d reactions are named, and none can be made", len(l.Emoji))
	}
}

func refusesOverLimit(s *stage) {
	l := s.adapter.Limits()
	cases := map[string]channels.Outgoing{"nothing": s.outgoing("300", "")}
	if l.Text.Max > 0 {
		cases["text"] = s.outgoing("301", overlong(l.Text))
	}
	file := s.file(l.Files, 1)
	many := s.outgoing("302", "caption-7f3a")
	many.Files = slices.Repeat([]channels.File{file}, l.Files.MaxCount+1)
	cases["number of files"] = many
	if l.Files.MaxCount > 0 {
		large := s.outgoing("303", "caption-7f3a")
		file.Size = l.Files.MaxBytes + 1
		large.Files = []channels.File{file}
		cases["size of a file"] = large
	}
	for name, m := range cases {
		_, err := s.send(m)
		switch {
		case err == nil:
			s.Errorf("%s over the limit was sent", name)
		case err.Kind != channels.Permanent:
			s.Errorf("%s over the limit failed as %s, want %s", name, err.Kind, channels.Permanent)
		case m.Text != "" && strings.Contains(err.Error(), m.Text):
			s.Errorf("the error about %s repeats the message", name)
		}
		if n := s.attempts(); n > 0 {
			s.Fatalf("%s over the limit reached the network", name)
		}
	}
}

// file describes an attachment of an accepted type.
func (s *stage) file(l channels.FileLimit, size int64) channels.File {
	mediaType := "text/plain"
	if len(l.Types) > 0 {
		mediaType = strings.ReplaceAll(l.Types[0], "*", "png")
	}
	return channels.File{Hash: strings.Repeat("0", 64), Name: "file", Type: mediaType, Size: size}
}

// overlong returns a text just over a limit that would fit if another unit were
// counted: in fewer runes than UTF-16 units, in fewer units than bytes.
func overlong(l channels.TextLimit) string {
	switch l.Unit {
	case channels.UnitUTF16:
		return strings.Repeat("😀", l.Max/2+1)
	case channels.UnitBytes:
		return strings.Repeat("ж", l.Max/2+1)
	case channels.UnitSegments:
		return strings.Repeat("ж", 70*l.Max+1)
	default:
		return strings.Repeat("ж", l.Max+1)
	}
}

// longest returns a text that fills a limit.
func longest(l channels.TextLimit) string {
	switch l.Unit {
	case channels.UnitUTF16:
		return strings.Repeat("😀", l.Max/2)
	case channels.UnitBytes:
		return strings.Repeat("ж", l.Max/2)
	case channels.UnitSegments:
		return strings.Repeat("ж", 60*l.Max)
	default:
		return strings.Repeat("😀", l.Max)
	}
}

func sendsWithinLimit(s *stage) {
	text := longest(s.adapter.Limits().Text)
	if _, err := s.send(s.outgoing("304", text)); err != nil {
		s.Fatalf("a text that fills the limit: %v", err)
	}
	if got := s.Attempts(); len(got) != 1 || got[0].Text != text {
		s.Error("the text did not reach the network whole")
	}
}
