package channels

import (
	"strconv"
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
		return refuse(CodeEmpty, nil)
	}
	limit := l.Text
	if len(m.Files) > 0 && l.Caption.Max > 0 {
		limit = l.Caption
	}
	if !limit.Fits(m.Text) {
		return limit.tooLong(limit.Len(m.Text))
	}
	return l.Files.check(m.Files)
}

func (l TextLimit) tooLong(n int) *Error {
	values := map[string]string{"n": strconv.Itoa(n), "max": strconv.Itoa(l.Max)}
	if l.Unit == UnitSegments {
		return &Error{Kind: Permanent, Code: CodeTextTooLong, Text: tooManySegments.Fill(values).EN}
	}
	return refuse(CodeTextTooLong, values)
}

func (l FileLimit) check(files []File) *Error {
	if len(files) > l.MaxCount {
		return refuse(CodeTooManyFiles, map[string]string{"n": strconv.Itoa(len(files)), "max": strconv.Itoa(l.MaxCount)})
	}
	for _, f := range files {
		if l.MaxBytes > 0 && f.Size > l.MaxBytes {
			return refuse(CodeFileTooLarge, map[string]string{"n": strconv.FormatInt(f.Size, 10), "max": strconv.FormatInt(l.MaxBytes, 10)})
		}
		if !l.Accepts(f.Type) {
			return refuse(CodeFileType, nil)
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

func refuse(code string, values map[string]string) *Error {
	return &Error{Kind: Permanent, Code: code, Text: common[code].Fill(values).EN}
}
