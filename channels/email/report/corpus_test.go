package report_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"parley/channels"
	"parley/channels/email/letter"
	"parley/channels/email/report"
)

// corpus is where other people's samples lie beside the repository.
const corpus = "../../../../shared/corpora/bounce/sisimai/maildir"

// memory keeps files for as long as one mail is read.
type memory map[string][]byte

func (m memory) Put(_ context.Context, name, mediaType string, r io.Reader, max int64) (channels.File, error) {
	b, err := io.ReadAll(io.LimitReader(r, max))
	hash := strconv.Itoa(len(m))
	m[hash] = b
	return channels.File{Hash: hash, Name: name, Type: mediaType, Size: int64(len(b))}, err
}

func (m memory) Open(_ context.Context, f channels.File) (io.ReadCloser, error) {
	return io.NopCloser(bytes.NewReader(m[f.Hash])), nil
}

// load reads a mail as the channel does.
func load(t testing.TB, raw string) report.Mail {
	t.Helper()
	l, err := letter.Read(t.Context(), strings.NewReader(raw), memory{}, letter.Bounds{})
	if err != nil {
		t.Fatal(err)
	}
	m := report.Mail{Subject: l.Subject, Text: l.Text}
	for _, f := range l.Header.Fields() {
		m.Fields = append(m.Fields, report.Field{Name: f.Name, Value: f.Value})
	}
	for _, p := range l.Parts {
		m.Parts = append(m.Parts, report.Part{Type: p.Type, Params: p.Params, Depth: p.Depth, Body: p.Bytes})
	}
	return m
}

func TestBounceCorpus(t *testing.T) {
	t.Parallel()
	files, _ := filepath.Glob(filepath.Join(corpus, "*", "*.eml"))
	if len(files) == 0 {
		t.Skip("no corpus of bounces here")
	}
	want := map[string]report.Outcome{}
	for _, f := range files {
		want[sample(f)] = report.Hard
	}
	for n := range strings.FieldsSeq(softSamples) {
		want[n] = report.Soft
	}
	for n := range strings.FieldsSeq(noneSamples) {
		want[n] = report.None
	}
	agree, mistaken, named, traced, bounces := 0, 0, 0, 0, 0
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		m := load(t, lines(string(raw)))
		v := report.Judge(m)
		expected := want[sample(f)]
		if v.Outcome == expected {
			agree++
		} else {
			t.Logf("%s: judged %q as %q, not %q: %+v", sample(f), v.Outcome, v.Nature, expected, v.Recipients)
		}
		if expected == report.None && v.Outcome == report.Hard {
			mistaken++
		}
		if v.Outcome != report.None {
			bounces++
			if len(v.Recipients) > 0 && strings.Contains(v.Recipients[0].Address, "@") {
				named++
			} else {
				t.Logf("%s: nobody named", sample(f))
			}
			if len(v.Originals) > 0 {
				traced++
			}
		}
	}
	share := float64(agree) / float64(len(files))
	t.Logf("bounces: %d of %d agree (%.1f %%); of %d judged as bounces %d name a recipient, %d the original",
		agree, len(files), 100*share, bounces, named, traced)
	if share < 0.95 {
		t.Errorf("%.1f %% agree, under 95 %%", 100*share)
	}
	if mistaken > 0 {
		t.Errorf("%d look-alikes were judged hard", mistaken)
	}
}

// lines undoes what the folder "mac" did to mails that no server would carry: lines that
// end in a carriage return alone.
func lines(raw string) string {
	if strings.Contains(raw, "\n") {
		return raw
	}
	return strings.ReplaceAll(raw, "\r", "\n")
}

// sample is a file's name within the corpus.
func sample(path string) string {
	return filepath.Base(filepath.Dir(path)) + "/" + strings.TrimSuffix(filepath.Base(path), ".eml")
}
