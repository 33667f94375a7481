package letter_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"

	"parley/channels"
)

// container writes a winmail.dat.
type container struct{ bytes.Buffer }

func newContainer() *container {
	c := &container{}
	c.u32(0x223e9f78)
	c.u16(1)
	return c
}

func (c *container) u16(v int) { _ = binary.Write(c, binary.LittleEndian, uint16(v)) }
func (c *container) u32(v int) { _ = binary.Write(c, binary.LittleEndian, uint32(v)) }

func (c *container) attribute(id int, value []byte) *container {
	c.WriteByte(1)
	c.u32(id)
	c.u32(len(value))
	c.Write(value)
	sum := 0
	for _, b := range value {
		sum += int(b)
	}
	c.u16(sum)
	return c
}

// property writes one MAPI property of variable size.
func property(kind, id int, value []byte) []byte {
	var c container
	c.u16(kind)
	c.u16(id)
	c.u32(1)
	c.u32(len(value))
	c.Write(value)
	c.Write(make([]byte, (4-len(value)%4)%4))
	return c.Bytes()
}

func properties(list ...[]byte) []byte {
	var c container
	c.u32(len(list))
	for _, p := range list {
		c.Write(p)
	}
	return c.Bytes()
}

func wide(s string) []byte {
	var c container
	for _, u := range append(utf16.Encode([]rune(s)), 0) {
		c.u16(int(u))
	}
	return c.Bytes()
}

const (
	string8, unicodeText, binaryData, object = 0x1e, 0x1f, 0x102, 0x0d

	aBody, aTitle, aData, aRender, aFileProps, aProps, aCodepage = 0x0002800c, 0x00018010, 0x0006800f, 0x00069002, 0x00069005, 0x00069003, 0x00069007
)

func sampleContainer() []byte {
	c := newContainer()
	c.attribute(aCodepage, []byte{0xe3, 4, 0, 0, 0, 0, 0, 0})
	c.attribute(aBody, []byte("\xcf\xf0\xe8\xe2\xe5\xf2\x00"))
	named := &container{}
	named.u16(0x0003)
	named.u16(0x8001)
	named.Write(make([]byte, 16))
	named.u32(1)
	named.u32(6)
	named.Write([]byte("a\x00b\x00\x00\x00\x00\x00"))
	named.u32(42)
	c.attribute(aProps, properties(named.Bytes(), property(binaryData, 0x1013, []byte("<p>Hello <img src=\"cid:pic@1\"></p>"))))
	c.attribute(aRender, make([]byte, 14))
	c.attribute(aTitle, []byte("REPORT~1.PDF\x00"))
	c.attribute(aData, []byte("%PDF-1"))
	c.attribute(aFileProps, properties(property(unicodeText, 0x3707, wide("отчёт за год.pdf")), property(string8, 0x370e, []byte("application/pdf\x00"))))
	c.attribute(aRender, make([]byte, 14))
	c.attribute(aTitle, []byte("pic.png\x00"))
	c.attribute(aData, []byte("\x89PNG\r\n\x1a\n"))
	c.attribute(aFileProps, properties(property(string8, 0x3712, []byte("pic@1\x00"))))
	return c.Bytes()
}

func packedMail(kind string, data []byte) []byte {
	return []byte("From: a@example.org\r\nContent-Type: " + kind + "; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.StdEncoding.EncodeToString(data))
}

func TestContainersAreUnpacked(t *testing.T) {
	t.Parallel()
	l := read(t, packedMail("application/ms-tnef", sampleContainer()))
	if l.Text != "Привет" || l.HTML != `<p>Hello <img src="cid:pic@1"></p>` {
		t.Errorf("the text is %q, the HTML %q", l.Text, l.HTML)
	}
	want := []channels.File{{Name: "отчёт за год.pdf", Type: "application/pdf", Size: 6}, {Name: "pic.png", Type: "image/png", Size: 8, ContentID: "pic@1", Inline: true}}
	if len(l.Files) != len(want) {
		t.Fatalf("the files are %+v", l.Files)
	}
	for i, f := range l.Files {
		if f.Hash = ""; f != want[i] {
			t.Errorf("the file is %+v, not %+v", f, want[i])
		}
	}
	if len(l.Problems) != 0 {
		t.Errorf("problems: %q", l.Problems)
	}
}

func TestBrokenContainersAreKept(t *testing.T) {
	t.Parallel()
	whole := sampleContainer()
	for size := 30; size < len(whole); size++ {
		l := read(t, packedMail("application/octet-stream", whole[:size]))
		checkInvariants(t, "a cut container", l, channels.MaxText)
		if len(l.Files) == 0 && l.Text == "" || len(l.Problems) > 0 && l.Files[0].Name != "winmail.dat" {
			t.Fatalf("%d bytes: the files are %+v", size, l.Files)
		}
	}
}

func TestContainersHoldMails(t *testing.T) {
	t.Parallel()
	inner := newContainer().attribute(aBody, []byte("The inner text\x00"))
	inner.attribute(aRender, make([]byte, 14)).attribute(aTitle, []byte("inner.txt\x00")).attribute(aData, []byte("inner"))
	mail := append([]byte("\x07\x03\x02\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00\x46"), inner.Bytes()...)
	outer := newContainer().attribute(aBody, []byte("The outer text\x00"))
	outer.attribute(aRender, make([]byte, 14)).attribute(aFileProps, properties(property(object, 0x3701, mail)))
	l := read(t, packedMail("application/ms-tnef", outer.Bytes()))
	if !strings.HasPrefix(l.Text, "The outer text") || !strings.Contains(l.Text, "The inner text") {
		t.Errorf("the text is %q", l.Text)
	}
	if len(l.Files) != 1 || l.Files[0].Name != "inner.txt" {
		t.Errorf("the files are %+v", l.Files)
	}
}

func TestRichTextOfContainersIsRead(t *testing.T) {
	t.Parallel()
	// The example of MS-OXRTFCP, 4.1.1: 43 bytes that were 49.
	compressed := []byte("\x2d\x00\x00\x00\x2b\x00\x00\x00\x4c\x5a\x46\x75\xf1\xc5\xc7\xa7\x03\x00\x0a\x00\x72\x63\x70\x67\x31\x32\x35\x42\x32\x0a\xf3\x20\x68\x65\x6c\x09\x00\x20\x62\x77\x05\xb0\x6c\x64\x7d\x0a\x80\x0f\xa0")
	plain := func(rtf string) []byte {
		var c container
		c.u32(len(rtf) + 12)
		c.u32(len(rtf))
		c.u32(0x414c454d)
		c.u32(0)
		c.WriteString(rtf)
		return c.Bytes()
	}
	for _, c := range []struct {
		name       string
		rtf        []byte
		text, html string
	}{
		{"compressed", compressed, "hello world", ""},
		{"plain", plain(`{\rtf1\ansi\ansicpg1251{\fonttbl{\f0 Arial;}}{\*\generator X;}\f0 \'cf\'f0\'e8\par \u1074?\u1077? \{a\} \b bold\b0 .\par}`), "При\nве {a} bold.", ""},
		{
			"wrapped HTML", plain(`{\rtf1\ansi\ansicpg1252\fromhtml1 {\fonttbl{\f0 Arial;}}{\*\htmltag64 <p class="a">}\htmlrtf \par {\htmlrtf0 Hello \htmlrtf }\htmlrtf0 {\*\htmltag84 <b>}\htmlrtf \b\htmlrtf0 you{\*\htmltag92 </b>}{\*\htmltag72 </p>}}`),
			"Hello you", `<p class="a">Hello <b>you</b></p>`,
		},
		{"cut", compressed[:30], "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			data := newContainer().attribute(aProps, properties(property(binaryData, 0x1009, c.rtf))).Bytes()
			l := read(t, packedMail("application/ms-tnef", data))
			if c.name == "cut" {
				checkInvariants(t, c.name, l, channels.MaxText)
				return
			}
			if strings.TrimSpace(l.Text) != c.text || l.HTML != c.html {
				t.Errorf("the text is %q, the HTML %q", l.Text, l.HTML)
			}
		})
	}
}

func FuzzContainer(f *testing.F) {
	f.Add(sampleContainer())
	f.Fuzz(func(t *testing.T, data []byte) {
		l := read(t, packedMail("application/ms-tnef", data))
		checkInvariants(t, "fuzzed", l, channels.MaxText)
	})
}
