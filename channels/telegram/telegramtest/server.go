package telegramtest

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync"
)

// Object is a JSON object of the Bot API.
type Object = map[string]any

// Server is a Bot API for several bots. It is an http.Handler and safe for concurrent use.
type Server struct {
	mu      sync.Mutex
	bots    map[string]*Bot // by token
	observe []func(Exchange)
	nextBot int64
}

// Exchange is one call of a method, as it was answered.
type Exchange struct {
	Bot    *Bot
	Method string
	Params Params
	Status int
	Answer []byte
}

// New returns a server without bots.
func New() *Server { return &Server{bots: map[string]*Bot{}, nextBot: 7_000_000_001} }

// Observe has f called with every exchange, from the goroutine that serves it.
func (s *Server) Observe(f func(Exchange)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.observe = append(s.observe, f)
}

// AddBot registers a bot.
func (s *Server) AddBot(token, username string) *Bot {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := newBot(s.nextBot, token, username)
	s.nextBot++
	s.bots[token] = b
	return b
}

func (s *Server) find(token string) *Bot {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.bots[token]
}

// ServeHTTP implements http.Handler: /bot<token>/<method> and /file/bot<token>/<path>.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path, isFile := strings.CutPrefix(r.URL.Path, "/file")
	token, rest, ok := strings.Cut(strings.TrimPrefix(path, "/bot"), "/")
	b := s.find(token)
	switch {
	case !ok || !strings.HasPrefix(path, "/bot"):
		http.NotFound(w, r)
	case b == nil || b.isDenied():
		write(w, refuse(http.StatusUnauthorized, "Unauthorized"))
	case isFile:
		b.serveFile(w, rest)
	default:
		s.serveMethod(w, r, b, rest)
	}
}

func (s *Server) serveMethod(w http.ResponseWriter, r *http.Request, b *Bot, method string) {
	params, err := readParams(r)
	if err != nil {
		write(w, refuse(http.StatusBadRequest, "Bad Request: "+err.Error()))
		return
	}
	a := b.call(r.Context(), method, params)
	if a.silent { // the connection breaks; what was done is done
		panic(http.ErrAbortHandler)
	}
	s.mu.Lock()
	observers := s.observe
	s.mu.Unlock()
	for _, f := range observers {
		f(Exchange{Bot: b, Method: method, Params: params, Status: a.status, Answer: a.body})
	}
	write(w, a)
}

// answer is what a call gets.
type answer struct {
	status int
	body   []byte
	silent bool
}

func write(w http.ResponseWriter, a answer) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body) // the client may be gone
}

func grant(result any) answer {
	return answer{status: http.StatusOK, body: encode(Object{"ok": true, "result": result})}
}

func refuse(code int, description string) answer {
	return answer{status: code, body: encode(Object{"ok": false, "error_code": code, "description": description})}
}

func refuseWith(code int, description string, parameters Object) answer {
	return answer{status: code, body: encode(Object{"ok": false, "error_code": code, "description": description, "parameters": parameters})}
}

// encode writes what this package made itself, which JSON can always hold.
func encode(v any) []byte {
	body, err := json.Marshal(v)
	if err != nil {
		return []byte(`{"ok":false,"error_code":500,"description":"Internal Server Error"}`)
	}
	return body
}
