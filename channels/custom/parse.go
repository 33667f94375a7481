package custom

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"

	"parley/channels"
)

// Bounds in bytes on what names something, and on how much one envelope holds.
const (
	maxID          = 200
	maxParts       = 50 // attachments, or contacts
	maxNumbers     = 20 // of one contact
	maxAttachments = 100
)

// parsed is an envelope as the port has it. What neither is an event nor a problem is merely
// taken: somebody is typing.
type parsed struct {
	event   *channels.Event
	content []Attachment // of a message, still to be stored
}

// parse reads a body that was signed. What makes no sense becomes an event for the
// quarantine, with words for whoever writes the other side.
func (a *Account) parse(body []byte) parsed {
	var e Envelope
	if err := json.Unmarshal(body, &e); err != nil {
		return problem(body, jsonProblem(err))
	}
	ev, err := a.event(&e, body)
	if err != nil {
		return problem(body, err.Error())
	}
	if ev == nil {
		return parsed{}
	}
	p := parsed{event: ev}
	if ev.Message != nil {
		for _, at := range e.Attachments {
			if at.URL == "" {
				p.content = append(p.content, at)
			}
		}
	}
	ev.Raw = withoutContent(e, body)
	return p
}

func problem(body []byte, text string) parsed {
	return parsed{event: &channels.Event{
		Key: channels.EventKey("raw:" + digest(body)), Direction: channels.Inward, Raw: body[:min(len(body), channels.MaxRaw)], Problem: text,
	}}
}

func digest(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// jsonProblem says where a body breaks, without quoting it.
func jsonProblem(err error) string {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return fmt.Sprintf("the body is no JSON: it breaks at byte %d", syntax.Offset)
	}
	var mistyped *json.UnmarshalTypeError
	if errors.As(err, &mistyped) && mistyped.Field != "" {
		return mistyped.Field + ": this is not " + shape(mistyped.Type)
	}
	return "the body is no JSON object of the right form"
}

// shape names what a field holds as JSON does, which is what the other side writes.
func shape(t reflect.Type) string {
	switch t.Kind() {
	case reflect.String:
		return "a string"
	case reflect.Bool:
		return "true or false"
	case reflect.Slice, reflect.Array:
		return "an array"
	case reflect.Struct, reflect.Map, reflect.Pointer:
		return "an object"
	default:
		return "a number"
	}
}

// withoutContent is the body as it is worth keeping: files are kept elsewhere.
func withoutContent(e Envelope, body []byte) []byte {
	if len(body) <= channels.MaxRaw/16 {
		return body
	}
	bare := make([]Attachment, len(e.Attachments))
	for i, at := range e.Attachments {
		at.Content = nil
		bare[i] = at
	}
	e.Attachments = bare
	raw, err := json.Marshal(e)
	if err != nil || len(raw) > channels.MaxRaw {
		return body[:min(len(body), channels.MaxRaw)]
	}
	return raw
}

// event turns an envelope into what it says; nil is nothing that anybody said.
func (a *Account) event(e *Envelope, body []byte) (*channels.Event, error) {
	if e.Type == TypeTyping || e.Type == TypePing {
		return nil, nil
	}
	if err := e.identify(); err != nil {
		return nil, err
	}
	at, err := moment(e.SentAt)
	if err != nil {
		return nil, err
	}
	ev := &channels.Event{
		Key: key(e, body), Direction: channels.Inward, Historic: e.Historic, Chat: e.ChatID, Subject: e.Subject, At: at, Sender: a.sender(e),
		Source: channels.Source{Page: e.Page, UTM: e.UTM},
	}
	if e.Direction == "outbound" {
		ev.Direction = channels.Echo
	}
	switch e.Type {
	case TypeMessage:
		ev.Message, err = a.message(e)
	case TypeEdit:
		ev.Edit = &channels.Edit{RemoteID: e.MessageID, Text: e.Text, HTML: e.HTML}
	case TypeDelete:
		ev.Delete = &channels.Delete{RemoteID: e.MessageID}
	case TypeReaction:
		ev.Reaction = &channels.Reaction{RemoteID: e.MessageID, Emoji: e.Emoji}
	case TypeReceipt:
		ev.Receipt, err = receipt(e)
	default:
		return nil, errors.New(`type: use "message", "edit", "delete", "reaction", "receipt" or "typing"`)
	}
	return ev, err
}

// identify checks the names in an envelope, and fills in those that follow from others.
func (e *Envelope) identify() error {
	if e.ChatID == "" {
		e.ChatID = e.Sender.ID
	}
	if e.Sender.ID == "" {
		e.Sender.ID = e.ChatID
	}
	if e.Type != TypeMessage && e.MessageID == "" {
		e.MessageID = e.ID
	}
	for _, name := range []struct{ field, value string }{
		{"id", e.ID}, {"chat_id", e.ChatID}, {"sender.id", e.Sender.ID}, {"message_id", e.MessageID}, {"reply_to", e.ReplyTo},
		{"sender.email", e.Sender.Email}, {"sender.phone", e.Sender.Phone},
	} {
		if len(name.value) > maxID {
			return fmt.Errorf("%s: at most %d bytes", name.field, maxID)
		}
	}
	switch {
	case e.ID == "":
		return errors.New("id: it is missing, and without it a repetition could not be recognised")
	case e.Type == TypeMessage && e.ChatID == "":
		return errors.New("chat_id: it is missing, and so is sender.id")
	case e.Direction != "" && e.Direction != "inbound" && e.Direction != "outbound":
		return errors.New(`direction: use "inbound" or "outbound"`)
	}
	return nil
}

// key names the event. A message's is its id. Whoever gives a change the id of the message
// that it is about gets a key of its content, so that a second change is not taken for the first.
func key(e *Envelope, body []byte) channels.EventKey {
	switch {
	case e.Type == TypeMessage:
		return channels.EventKey(e.ID)
	case e.ID == e.MessageID:
		return channels.EventKey(string(e.Type) + ":" + e.ID + ":" + digest(body))
	}
	return channels.EventKey(string(e.Type) + ":" + e.ID)
}

func moment(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return time.Time{}, errors.New("sent_at: write times as 2026-11-22T08:30:00Z")
	}
	return at.UTC(), nil
}

func (a *Account) sender(e *Envelope) channels.Sender {
	s := channels.Sender{
		Scope: "account:" + strconv.FormatInt(int64(a.id), 10), Address: e.Sender.ID, Name: strings.TrimSpace(e.Sender.Name), Verified: true,
	}
	if e.Sender.Email != "" {
		s.Extra = append(s.Extra, channels.Address{Scope: "email", Address: e.Sender.Email})
	}
	if e.Sender.Phone != "" {
		s.Extra = append(s.Extra, channels.Address{Scope: "phone", Address: e.Sender.Phone})
	}
	return s
}

func receipt(e *Envelope) (*channels.Receipt, error) {
	state := channels.DeliveryState(e.State)
	switch state {
	case channels.Delivered, channels.Read:
		return &channels.Receipt{RemoteID: e.MessageID, State: state}, nil
	case channels.DeliveryFailed:
		return &channels.Receipt{RemoteID: e.MessageID, State: state, Code: codeReported, Text: reported(e.Reason)}, nil
	}
	return nil, errors.New(`state: use "delivered", "read" or "failed"`)
}

func (a *Account) message(e *Envelope) (*channels.Message, error) {
	if len(e.Attachments) > maxAttachments || len(e.Contacts) > maxParts {
		return nil, fmt.Errorf("attachments, contacts: at most %d and %d", maxAttachments, maxParts)
	}
	m := &channels.Message{RemoteID: e.ID, Text: e.Text, HTML: e.HTML, ReplyTo: e.ReplyTo}
	for i, at := range e.Attachments {
		switch {
		case at.URL == "" && len(at.Content) == 0:
			return nil, fmt.Errorf("attachments[%d]: give url or content_base64", i)
		case at.URL == "":
		case !usable(at.URL) || len(at.URL) > longestFetch:
			return nil, fmt.Errorf("attachments[%d].url: an address of at most %d bytes like https://example.com/file is needed", i, longestFetch)
		default:
			m.Media = append(m.Media, channels.Media{Ref: a.seal(at.URL), Kind: mediaKind(at.Kind), Name: at.Name, Type: at.Type, Size: max(0, at.Size)})
		}
	}
	if e.Press != nil {
		m.Press = &channels.Press{RemoteID: e.Press.MessageID, Data: e.Press.Data}
		if m.Text == "" {
			m.Text = e.Press.Data
		}
	}
	m.Text = joined(m.Text, place(e.Location, m), cards(e.Contacts, m))
	if strings.TrimSpace(m.Text) == "" && m.HTML == "" && len(e.Attachments) == 0 {
		return nil, errors.New("text: a message needs a text or attachments")
	}
	return m, nil
}

func mediaKind(kind string) channels.MediaKind {
	switch k := channels.MediaKind(kind); k {
	case channels.MediaPhoto, channels.MediaVideo, channels.MediaVoice, channels.MediaAudio, channels.MediaAnimation, channels.MediaSticker:
		return k
	}
	return channels.MediaFile
}

func place(p *Place, m *channels.Message) string {
	if p == nil || math.Abs(p.Latitude) > 90 || math.Abs(p.Longitude) > 180 {
		return ""
	}
	m.Location = &channels.Location{Latitude: p.Latitude, Longitude: p.Longitude, Title: p.Title, Address: p.Address}
	return joined(p.Title, p.Address, fmt.Sprintf("https://www.openstreetmap.org/?mlat=%.6f&mlon=%.6f", p.Latitude, p.Longitude))
}

func cards(list []Card, m *channels.Message) string {
	var lines []string
	for _, c := range list {
		c.Phones, c.Emails = c.Phones[:min(len(c.Phones), maxNumbers)], c.Emails[:min(len(c.Emails), maxNumbers)]
		m.Cards = append(m.Cards, channels.Card{Name: c.Name, Phones: c.Phones, Emails: c.Emails})
		lines = append(lines, joined(append(append([]string{c.Name}, c.Phones...), c.Emails...)...))
	}
	return strings.Join(lines, "\n\n")
}

// joined puts what is not empty on lines of its own.
func joined(parts ...string) string {
	var lines []string
	for _, p := range parts {
		if p != "" {
			lines = append(lines, p)
		}
	}
	return strings.Join(lines, "\n")
}
