package whatsapptest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Account is what Meta knows of one phone number and the app it belongs to.
type Account struct {
	Token      string
	NumberID   string // phone_number_id
	Number     string // digits
	BusinessID string
	Secret     string // app_secret
	Verify     string // verify_token
}

// Call is a message, a receipt or a reaction that a client sent.
type Call struct {
	ID   string         // what the server called the message; "" for receipts
	To   string         // the phone, the user id, or the group behind "group:"
	Text string         // of a text message, a caption, or the body above buttons
	Body map[string]any // everything
}

// Upload is a file that a client handed over, or that a contact sent.
type Upload struct {
	ID, Name, Type string
	Data           []byte
	SHA256         string // what the server announces; empty = the right one
	Host           string // where its address points; empty = the server itself
}

// Fault is how the server answers the next message.
type Fault string

// The faults. Refuse is any error of Meta's: see Server.Refuse.
const (
	LoseReply Fault = "lose reply" // takes it and hangs up
	Hang      Fault = "hang"       // takes it and says nothing
	Garble    Fault = "garble"     // answers with nonsense
	refusing  Fault = "refuse"
)

// Server is one account on the Cloud API. It is an http.Handler, safe for concurrent use.
type Server struct {
	Account Account
	// Inspect sees every request with its body before it is answered, for tests that check them.
	Inspect func(r *http.Request, body []byte)

	mu        sync.Mutex
	now       func() time.Time
	last      int
	calls     []Call
	receipts  []Call
	uploads   map[string]Upload
	templates []json.RawMessage
	pageSize  int
	faults    []planned
	denied    bool
	unlinked  bool // no app is subscribed
	queue     []queued
	changed   chan struct{}
	base      string
	release   chan struct{} // closed when the server stops: hanging answers end
}

type planned struct {
	fault  Fault
	status int
	header http.Header
	body   string
}

// New returns a server of one account. Tell it its address by Listening.
func New(a Account) *Server {
	return &Server{Account: a, now: time.Now, uploads: map[string]Upload{}, changed: make(chan struct{}), pageSize: 25, release: make(chan struct{})}
}

// Listening tells the server its own address, which the addresses of files begin with.
func (s *Server) Listening(base string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.base = base
}

// Stop ends the answers that hang.
func (s *Server) Stop() { close(s.release) }

// Next makes the server answer the next message with a fault.
func (s *Server) Next(f Fault) { s.plan(planned{fault: f}) }

// Refuse makes the server refuse the next message with one of Meta's errors. wait is its Retry-After in
// seconds, 0 = none.
func (s *Server) Refuse(status, code, wait int, message string) {
	p := planned{fault: refusing, status: status, header: http.Header{}, body: errorBody(code, message)}
	if wait > 0 {
		p.header.Set("Retry-After", fmt.Sprint(wait))
	}
	s.plan(p)
}

func (s *Server) plan(p planned) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, p)
}

// Deny makes the server refuse the token from now on.
func (s *Server) Deny() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.denied = true
}

// Unsubscribe leaves the business account without an app that hears of its events.
func (s *Server) Unsubscribe() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unlinked = true
}

// Calls returns the messages and reactions that were taken, in order.
func (s *Server) Calls() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Call(nil), s.calls...)
}

// Receipts returns what was said to have been read, in order.
func (s *Server) Receipts() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Call(nil), s.receipts...)
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 110<<20))
	if err != nil {
		return
	}
	if s.Inspect != nil {
		s.Inspect(r, body)
	}
	s.mu.Lock()
	denied := s.denied || r.Header.Get("Authorization") != "Bearer "+s.Account.Token
	s.mu.Unlock()
	if denied {
		given := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
		refuse(w, http.StatusUnauthorized, 190, "Malformed access token "+given) // Meta repeats it, alas
		return
	}
	path := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	if len(path) < 2 || path[0] != "v23.0" {
		refuse(w, http.StatusBadRequest, 2500, "Unknown path components")
		return
	}
	s.route(w, r, path[1], strings.Join(path[2:], "/"), body)
}

func (s *Server) route(w http.ResponseWriter, r *http.Request, node, edge string, body []byte) {
	a := s.Account
	switch {
	case r.Method == http.MethodPost && node == a.NumberID && edge == "messages":
		s.message(w, r, body)
	case r.Method == http.MethodPost && node == a.NumberID && edge == "media":
		s.upload(w, r, body)
	case r.Method == http.MethodGet && node == a.NumberID && edge == "":
		answer(w, map[string]any{"id": a.NumberID, "display_phone_number": "+" + a.Number, "verified_name": "Test", "quality_rating": "GREEN"})
	case r.Method == http.MethodGet && node == a.BusinessID && edge == "subscribed_apps":
		s.apps(w)
	case r.Method == http.MethodGet && node == a.BusinessID && edge == "message_templates":
		s.listTemplates(w, r)
	case r.Method == http.MethodGet && node == "files":
		s.download(w, edge)
	case r.Method == http.MethodGet && edge == "":
		s.describe(w, node)
	default:
		refuse(w, http.StatusBadRequest, 100, "Unsupported request")
	}
}

func (s *Server) apps(w http.ResponseWriter) {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := []any{}
	if !s.unlinked {
		list = append(list, map[string]any{"whatsapp_business_api_data": map[string]any{"id": "1234567890123456", "name": "Test app", "link": "https://www.facebook.com/games/?app_id=1234567890123456"}})
	}
	answer(w, map[string]any{"data": list})
}

func answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v) // a client that has gone needs no answer
}

func refuse(w http.ResponseWriter, status, code int, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, errorBody(code, message)) // as above
}

func errorBody(code int, message string) string {
	text, err := json.Marshal(map[string]any{"error": map[string]any{
		"message": message, "type": "OAuthException", "code": code,
		"error_data": map[string]any{"messaging_product": "whatsapp", "details": "Details of " + message}, "fbtrace_id": "Az8or2yhqkZfEZ-_4Qn_Bam",
	}})
	if err != nil {
		return "{}"
	}
	return string(text)
}
