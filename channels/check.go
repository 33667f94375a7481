package channels

import (
	"fmt"
	"strings"
)

// The codes of messages that no attempt is made for, because they break a limit.
const (
	CodeEmpty        = "empty"
	CodeTextTooLong  = "text_too_long"
	CodeTooManyFiles = "too_many_files"
	CodeFileTooLarge = "file_too_large"
	CodeFileType     = "file_type"
)

// Check returns nil when the message is within the limits, else a Permanent error
// that says which one it breaks. Every adapter asks before anything leaves.
func (l Limits) Check(m Outgoing) *Error {
	if m.Text == "" && m.HTML == "" && len(m.Files) == 0 {
		return refuse(CodeEmpty, "the message has neither text nor files")
	}
	limit := l.Text
	if len(m.Files) > 0 && l.Caption.Max > 0 {
		limit = l.Caption
	}
	if !limit.Fits(m.Text) {
		return refuse(CodeTextTooLong, fmt.Sprintf("the text has %d %s, %d are allowed", limit.Len(m.Text), limit.Unit, limit.Max))
	}
	return l.Files.check(m.Files)
}

func (l FileLimit) check(files []File) *Error {
	if len(files) > l.MaxCount {
		return refuse(CodeTooManyFiles, fmt.Sprintf("the message has %d files, %d are allowed", len(files), l.MaxCount))
	}
	for _, f := range files {
		if l.MaxBytes > 0 && f.Size > l.MaxBytes {
			return refuse(CodeFileTooLarge, fmt.Sprintf("a file has %d bytes, %d are allowed", f.Size, l.MaxBytes))
		}
		if !l.Accepts(f.Type) {
			return refuse(CodeFileType, "files of this type are not accepted")
		}
	}
	return nil
}

// Accepts tells whether files of a media type may be sent. Parameters such as
// "; charset=utf-8" do not matter.
func (l FileLimit) Accepts(mediaType string) bool {
	if len(l.Types) == 0 {
		return true
	}
	mediaType, _, _ = strings.Cut(strings.ToLower(mediaType), ";")
	mediaType = strings.TrimSpace(mediaType)
	for _, t := range l.Types {
		if family, all := strings.CutSuffix(t, "*"); t == mediaType || all && strings.HasPrefix(mediaType, family) {
			return true
		}
	}
	return false
}

func refuse(code, text string) *Error { return &Error{Kind: Permanent, Code: code, Text: text} }
