package letter

import (
	"path"
	"strings"
	"unicode"
)

// maxName is how many bytes a file's name may have.
const maxName = 200

// harmless makes a file's name safe to show and to save anywhere: no folders, no control
// or direction signs that disguise what it is, no names that systems reserve. "" stays "".
func harmless(name string) string {
	name = clean(name)
	if i := strings.LastIndexByte(name, '\\'); i >= 0 {
		name = name[i+1:] // the author's own path
	}
	if strings.HasPrefix(name, "/") || strings.Contains(name, "../") || strings.Contains(name, "://") {
		name = path.Base(name)
	}
	name = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`/\:<>"|?*`, r):
			return '_'
		case r == '\t' || r == '\n' || r == '\r':
			return ' '
		case unicode.Is(unicode.Cc, r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Zl, r), unicode.Is(unicode.Zp, r), unicode.Is(unicode.Co, r):
			return -1
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, name)
	name = strings.Trim(name, " .")
	name = shorten(name)
	if reserved(name) {
		name = "_" + name
	}
	return name
}

// shorten keeps the extension.
func shorten(name string) string {
	if len(name) <= maxName {
		return name
	}
	ext := path.Ext(name)
	if len(ext) > 20 {
		ext = ""
	}
	return strings.TrimRight(cut(name, maxName-len(ext)), " .") + ext
}

func reserved(name string) bool {
	stem, _, _ := strings.Cut(strings.ToUpper(name), ".")
	switch stem = strings.TrimSpace(stem); stem {
	case "CON", "PRN", "AUX", "NUL":
		return true
	}
	return len(stem) == 4 && (strings.HasPrefix(stem, "COM") || strings.HasPrefix(stem, "LPT")) && stem[3] >= '0' && stem[3] <= '9'
}

// nameFor makes up a name for a part that has none.
func nameFor(mediaType string) string {
	switch mediaType {
	case "text/plain":
		return "text.txt"
	case "text/html":
		return "page.html"
	case "text/calendar":
		return "invite.ics"
	case "text/vcard", "text/x-vcard":
		return "contact.vcf"
	case "message/rfc822", "message/global":
		return "message.eml"
	case "message/delivery-status":
		return "delivery-status.txt"
	case "application/ms-tnef":
		return "winmail.dat"
	case "application/pgp-signature":
		return "signature.asc"
	case "application/pkcs7-signature", "application/x-pkcs7-signature":
		return "smime.p7s"
	case "application/pkcs7-mime", "application/x-pkcs7-mime":
		return "smime.p7m"
	}
	major, minor, _ := strings.Cut(mediaType, "/")
	ext := map[string]string{"jpeg": "jpg", "pjpeg": "jpg", "svg+xml": "svg", "plain": "txt", "mpeg": "mp3", "x-png": "png", "x-icon": "ico", "quicktime": "mov"}[minor]
	switch {
	case ext == "" && len(minor) <= 4 && strings.Trim(minor, "abcdefghijklmnopqrstuvwxyz0123456789") == "":
		ext = minor
	case ext == "":
		return "attachment"
	}
	switch major {
	case "image", "audio", "video":
		return major + "." + ext
	}
	return "attachment." + ext
}
