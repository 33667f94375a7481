package safehtml

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"parley/web/safehtml/css"
)

// Bounds on pictures that a mail holds in its text.
const (
	maxPicture  = 512 << 10 // bytes of one, encoded
	maxPictures = 1 << 20   // bytes of all of them, encoded
)

// picture is an img of a text.
type picture struct {
	source string
	hidden bool       // too small to be seen, or not meant to be
	attrs  attributes // what is kept, without a source
}

// lookAt finds out what an img is.
func (w *writer) lookAt(attrs, kept attributes) *picture {
	p := &picture{source: strings.TrimSpace(attrs.get("src")), attrs: kept}
	if away := attrs.get(RemoteAttribute); p.source == "" && away != "" {
		p.source = away
	}
	width, height := attrs.get("width"), attrs.get("height")
	for _, d := range css.Attribute(attrs.get("style")) {
		switch d.Name {
		case "width", "max-width":
			width = d.Value
		case "height", "max-height":
			height = d.Value
		case "display", "visibility":
			p.hidden = p.hidden || d.Value == "none" || d.Value == "hidden"
		}
	}
	p.hidden = p.hidden || pixels(width) == 0 || pixels(height) == 0 || pixels(width) <= 2 && pixels(height) <= 2
	return p
}

// pixels is a length in pixels, very many when it is none.
func pixels(length string) float64 {
	v, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(length), "px"), 64)
	if err != nil || v < 0 {
		return 1 << 20
	}
	return v
}

// mailPicture gives a picture its source; false when there is nothing to show.
func mailPicture(w *writer, p *picture) bool {
	scheme, rest, _ := strings.Cut(p.source, ":")
	switch strings.ToLower(scheme) {
	case "cid":
		p.attrs.set("src", w.options.Images[contentID(rest)])
		return p.attrs.has("src")
	case "data":
		rest = blanks.ReplaceAllString(rest, "")
		if w.data += len(rest); w.data > maxPictures || !raster(rest) {
			return w.altOnly(p)
		}
		p.attrs.set("src", "data:"+rest)
		return true
	}
	address := webAddress(p.source)
	switch {
	case address == "":
		return w.altOnly(p)
	case p.hidden:
		return false
	}
	w.remote++
	if w.options.RemoteImages != nil {
		p.attrs.set("src", w.options.RemoteImages(address))
		return p.attrs.has("src") || w.altOnly(p)
	}
	// always last, so that a second reading finds them where it would put them
	class := classes(p.attrs.get("class") + " " + PictureClass)
	p.attrs.set("class", "")
	p.attrs.set("class", class)
	p.attrs.set(RemoteAttribute, address)
	return true
}

// forwardPicture leaves a picture where it is: with the mail, in its text, or elsewhere.
func forwardPicture(w *writer, p *picture) bool {
	if contents.MatchString(p.source) {
		p.attrs.set("src", "cid:"+p.source[len("cid:"):])
		return true
	}
	if strings.HasPrefix(strings.ToLower(p.source), "cid:") {
		return false
	}
	return mailPicture(w, p)
}

// altOnly keeps what a picture that cannot be shown says in words.
func (w *writer) altOnly(p *picture) bool {
	w.out.WriteString(escapeText.Replace(p.attrs.get("alt")))
	return false
}

// contentID is a content id as Options.Images has it. In addresses it is escaped.
func contentID(id string) string {
	if plain, err := url.PathUnescape(id); err == nil {
		id = plain
	}
	return strings.Trim(id, "<> ")
}

var blanks = regexp.MustCompile(`[\t\n\f\r ]+`)

var rasterType = regexp.MustCompile(`^image/(?:png|jpeg|jpg|gif|webp|bmp);base64,[0-9A-Za-z+/]{24,}={0,2}$`)

// raster tells whether what follows "data:" is a picture made of dots, by its bytes, too.
func raster(data string) bool {
	if len(data) > maxPicture || !rasterType.MatchString(data) {
		return false
	}
	_, text, _ := strings.Cut(data, ",")
	text = text[:min(len(text), 64)&^3]
	head, err := base64.StdEncoding.DecodeString(text)
	return err == nil && strings.HasPrefix(http.DetectContentType(head), "image/")
}

// uploaded matches where a file of ours is, on whatever page it was seen.
var uploaded = regexp.MustCompile(`^/api/v1/files/([0-9]{1,19})(?:[?#].*)?$`)

// composePicture keeps pictures that travel with the mail: those named as in mails, and
// uploaded ones by their addresses here, which nobody else can open.
func composePicture(_ *writer, p *picture) bool {
	if found := uploaded.FindStringSubmatch(p.source); found != nil {
		p.source = "cid:" + found[1]
	}
	if !contents.MatchString(p.source) {
		return false
	}
	p.attrs.set("src", "cid:"+p.source[len("cid:"):]) // however it was written
	return true
}
