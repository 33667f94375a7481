package vktest

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"time"
)

// firstChat is the first peer id that is a chat of several people.
const firstChat = 2_000_000_000

// Options describe the community. Token and Group are needed.
type Options struct {
	Token  string
	Group  int64
	Secret string // in the body of every push
	// Wait bounds how long a poll is held open; zero = as long as the client asks for.
	Wait time.Duration
}

// Server is VK as one community sees it. It is safe for concurrent use.
type Server struct {
	options Options
	web     *httptest.Server
	closed  chan struct{}

	mu       sync.Mutex
	changed  chan struct{} // closed and replaced when there is something new to offer
	lastID   int64
	now      func() time.Time
	peers    map[int64]*conversation
	order    []int64 // peers, the one with the latest message last
	names    map[int64]name
	queue    []event
	forgot   int64 // events up to this number are gone for ever
	key      string
	acked    func(body []byte)
	faults   map[string][]Fault
	attempts []Attempt
	calls    []Call
	observe  func(Call)
	denied   bool
	blocked  map[int64]int // peers that a send is refused for, and the error
	files    map[string][]byte
	saved    map[string]object // attachments by their names
	answered []string
	typing   []int64
	read     map[int64]int64
	garbage  [][]byte
	away     bool
}

// object is a JSON object.
type object = map[string]any

type name struct{ first, last string }

// event is something the community is told of.
type event struct {
	number int64
	body   []byte
}

// Call is a call of a method, with what it was answered.
type Call struct {
	Method string
	Params url.Values
	Answer []byte
}

// Attempt is a call of messages.send that reached the server, whatever became of it.
type Attempt struct {
	RandomID string
	Peer     string
	Text     string
	Params   url.Values
}

// Start makes a server. Close ends it.
func Start(o Options) *Server {
	s := &Server{
		options: o, closed: make(chan struct{}), changed: make(chan struct{}), now: time.Now, key: "session-key-1", lastID: 100,
		peers: map[int64]*conversation{}, names: map[int64]name{}, faults: map[string][]Fault{}, blocked: map[int64]int{},
		files: map[string][]byte{}, saved: map[string]object{}, read: map[int64]int64{},
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/method/{name}", s.method)
	mux.HandleFunc("GET /longpoll", s.longPoll)
	mux.HandleFunc("POST /upload/{kind}", s.upload)
	mux.HandleFunc("GET /files/{name}", s.download)
	s.web = httptest.NewServer(mux)
	return s
}

// Close ends the server and every call that hangs.
func (s *Server) Close() {
	close(s.closed)
	s.web.CloseClientConnections()
	s.web.Close()
}

// BaseURL is the account's base_url.
func (s *Server) BaseURL() string { return s.web.URL + "/method" }

// Client is a way to the server on which it can be unreachable.
func (s *Server) Client() *http.Client { return &http.Client{Transport: wire{s}} }

// Observe sets what is told of every call. It must not use the server.
func (s *Server) Observe(f func(Call)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.observe = f
}

// OnAcknowledge sets what is called, once per event, when it has been acknowledged. The call must
// not use the server.
func (s *Server) OnAcknowledge(f func(body []byte)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.acked = f
}

// Attempts returns every send that reached the server.
func (s *Server) Attempts() []Attempt {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.attempts)
}

// Calls returns every call of a method; "" = of all.
func (s *Server) Calls(method string) []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(s.calls), func(c Call) bool { return method != "" && c.Method != method })
}

// newID gives numbers to everything.
func (s *Server) newID() int64 {
	s.lastID++
	return s.lastID
}

func (s *Server) wake() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// handler answers one method. Its error is a VK error.
type handler func(p url.Values) (any, int)

// method serves a call of the API.
func (s *Server) method(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		http.Error(w, "no form", http.StatusBadRequest)
		return
	}
	method, p := r.PathValue("name"), r.Form
	if method == "messages.send" {
		s.attempted(p)
	}
	fault := s.fault(method)
	if !s.before(w, r, fault) {
		return
	}
	response, code := any(nil), fault.code
	if fault.kind != refuse {
		response, code = s.perform(method, p)
	}
	answer := object{"response": response}
	if code != 0 {
		answer = object{"error": object{"error_code": code, "error_msg": errorName(code), "request_params": echo(p)}}
	}
	body, err := json.Marshal(answer)
	if err != nil {
		http.Error(w, "no answer", http.StatusInternalServerError)
		return
	}
	s.note(Call{Method: method, Params: p, Answer: body})
	if !s.after(w, r, fault) {
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_, _ = w.Write(body)
}

// perform makes a call under the lock.
func (s *Server) perform(method string, p url.Values) (any, int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.denied || p.Get("access_token") != s.options.Token {
		return nil, 5
	}
	if p.Get("v") == "" {
		return nil, 8
	}
	h, ok := s.handlers()[method]
	if !ok {
		return nil, 3
	}
	return h(p)
}

func (s *Server) attempted(p url.Values) {
	s.mu.Lock()
	defer s.mu.Unlock()
	peer := p.Get("peer_ids")
	if peer == "" {
		peer = p.Get("peer_id")
	}
	s.attempts = append(s.attempts, Attempt{RandomID: p.Get("random_id"), Peer: peer, Text: p.Get("message"), Params: p})
}

func (s *Server) note(c Call) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = append(s.calls, c)
	if s.observe != nil {
		s.observe(c)
	}
}

// echo is how VK repeats a request in an error: all of it but the token.
func echo(p url.Values) []object {
	list := []object{}
	for k := range p {
		if k != "access_token" {
			list = append(list, object{"key": k, "value": p.Get(k)})
		}
	}
	return list
}

// errorName is what VK calls the errors that tests look at.
func errorName(code int) string {
	switch code {
	case 5:
		return "User authorization failed: invalid access_token (4)."
	case 6:
		return "Too many requests per second"
	case 901:
		return "Can't send messages for users without permission"
	}
	return "Error " + strconv.Itoa(code)
}
