package vktest

import (
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// conversation is one peer's messages by their numbers, from 1.
type conversation struct {
	peer     int64
	title    string
	messages []object
	byRandom map[string]int64 // random_id → number
}

// Shown is a message as both sides see it.
type Shown struct {
	Number      int64
	Out         bool
	Text        string
	Attachments []string // kinds and ids
	Keyboard    string
	Reply       int64
	Deleted     bool
	Edited      bool
	Reaction    int
	Format      string
}

func (s *Server) peer(id int64) *conversation {
	c := s.peers[id]
	if c == nil {
		c = &conversation{peer: id, byRandom: map[string]int64{}}
		s.peers[id] = c
	}
	return c
}

// add writes a message into a conversation and returns it.
func (s *Server) add(peer, from int64, text string, more object) object {
	c := s.peer(peer)
	out := 0
	if from == -s.options.Group {
		out = 1
	}
	m := object{
		"id": s.newID(), "date": s.now().Unix(), "peer_id": peer, "from_id": from, "text": text, "out": out, "version": s.newID(),
		"conversation_message_id": int64(len(c.messages) + 1), "random_id": 0, "important": false, "is_hidden": false,
		"attachments": []any{}, "fwd_messages": []any{},
	}
	maps.Copy(m, more)
	c.messages = append(c.messages, m)
	s.order = append(slices.DeleteFunc(s.order, func(id int64) bool { return id == peer }), peer)
	return m
}

// message finds a message, nil when there is none.
func (c *conversation) message(number int64) object {
	if c == nil || number < 1 || number > int64(len(c.messages)) || c.messages[number-1]["gone"] == true {
		return nil
	}
	return c.messages[number-1]
}

// visible is a message as VK hands it out: without what the fake notes beside it.
func visible(m object) object {
	v := maps.Clone(m)
	for _, hidden := range []string{"gone", "reaction", "keyboard_text", "format", "reply_number"} {
		delete(v, hidden)
	}
	return v
}

// Shown returns the messages of a conversation.
func (s *Server) Shown(peer int64) (list []Shown) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range s.peer(peer).messages {
		sh := Shown{
			Number: m["conversation_message_id"].(int64), Out: m["out"] == 1, Text: m["text"].(string), Deleted: m["gone"] == true,
			Edited: m["update_time"] != nil,
		}
		sh.Keyboard, _ = m["keyboard_text"].(string)
		sh.Format, _ = m["format"].(string)
		sh.Reaction, _ = m["reaction"].(int)
		sh.Reply, _ = m["reply_number"].(int64)
		for _, a := range m["attachments"].([]any) {
			at := a.(object)
			kind := at["type"].(string)
			in := at[kind].(object)
			sh.Attachments = append(sh.Attachments, kind+text(in["owner_id"])+"_"+text(in["id"]))
		}
		list = append(list, sh)
	}
	return list
}

func text(v any) string {
	b, _ := json.Marshal(v)
	return strings.Trim(string(b), `"`)
}

// send serves messages.send: to peer_ids, with an answer for each, or to peer_id, with a number.
func (s *Server) send(p url.Values) (any, int) {
	if _, err := strconv.ParseInt(p.Get("random_id"), 10, 64); err != nil {
		return nil, 100
	}
	if p.Get("message") == "" && p.Get("attachment") == "" {
		return nil, 100
	}
	if utf16Len(p.Get("message")) > 4096 {
		return nil, 914
	}
	many := p.Get("peer_ids") != ""
	peers := strings.Split(p.Get("peer_ids")+p.Get("peer_id"), ",")
	list := []object{}
	for _, text := range peers {
		peer, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return nil, 100
		}
		code := s.blocked[peer]
		var m object
		if code == 0 {
			m, code = s.sendTo(peer, p)
		}
		switch {
		case code != 0 && !many:
			return nil, code
		case code != 0:
			list = append(list, object{
				"peer_id": peer, "message_id": 0, "conversation_message_id": 0,
				"error": object{"code": code, "description": errorName(code)},
			})
		case !many:
			return m["id"], 0
		default:
			list = append(list, object{"peer_id": peer, "message_id": m["id"], "conversation_message_id": m["conversation_message_id"]})
		}
	}
	return list, 0
}

func (s *Server) sendTo(peer int64, p url.Values) (object, int) {
	c := s.peer(peer)
	if random := p.Get("random_id"); random != "0" {
		if number, again := c.byRandom[random]; again {
			return c.messages[number-1], 0
		}
	}
	more := object{"random_id": number(p.Get("random_id"))}
	if code := s.dress(c, p, more); code != 0 {
		return nil, code
	}
	m := s.add(peer, -s.options.Group, p.Get("message"), more)
	if random := p.Get("random_id"); random != "0" {
		c.byRandom[random] = m["conversation_message_id"].(int64)
	}
	s.offer("message_reply", visible(m))
	return m, 0
}

// dress reads what a message has beside its text.
func (s *Server) dress(c *conversation, p url.Values, more object) int {
	if k := p.Get("keyboard"); k != "" {
		var board struct {
			Buttons [][]json.RawMessage `json:"buttons"`
			Inline  bool                `json:"inline"`
		}
		if json.Unmarshal([]byte(k), &board) != nil || len(board.Buttons) > 6 && board.Inline {
			return 911
		}
		for _, row := range board.Buttons {
			if len(row) == 0 || len(row) > 5 {
				return 911
			}
		}
		more["keyboard_text"] = k
	}
	if v := p.Get("payload"); v != "" {
		if !json.Valid([]byte(v)) {
			return 100
		}
		more["payload"] = v
	}
	more["format"] = p.Get("format_data")
	var f struct {
		Peer    int64   `json:"peer_id"`
		Numbers numbers `json:"conversation_message_ids"`
		Reply   bool    `json:"is_reply"`
	}
	if v := p.Get("forward"); v != "" {
		if json.Unmarshal([]byte(v), &f) != nil || len(f.Numbers) != 1 || f.Peer != c.peer {
			return 100
		}
		replied := c.message(f.Numbers[0])
		if replied == nil {
			return 921
		}
		more["reply_number"], more["reply_message"] = f.Numbers[0], visible(replied)
	}
	attached := []any{}
	for name := range strings.SplitSeq(p.Get("attachment"), ",") {
		if name == "" {
			continue
		}
		a, ok := s.saved[plain(name)]
		if !ok {
			return 100
		}
		attached = append(attached, a)
	}
	more["attachments"] = attached
	if len(attached) > 10 {
		return 100
	}
	return 0
}

// plain is the name of an attachment without its access key.
func plain(name string) string {
	parts := strings.SplitN(name, "_", 4)
	if strings.HasPrefix(name, "audio_message") {
		return strings.Join(parts[:min(len(parts), 3)], "_")
	}
	return strings.Join(parts[:min(len(parts), 2)], "_")
}

func number(text string) int64 {
	n, _ := strconv.ParseInt(text, 10, 64)
	return n
}

func utf16Len(text string) (n int) {
	for _, r := range text {
		if n++; r > 0xFFFF {
			n++
		}
	}
	return n
}

// numbers is a list, or the one number that VK takes in its place.
type numbers []int64

// UnmarshalJSON implements json.Unmarshaler.
func (n *numbers) UnmarshalJSON(b []byte) error {
	var one int64
	if json.Unmarshal(b, &one) == nil {
		*n = numbers{one}
		return nil
	}
	return json.Unmarshal(b, (*[]int64)(n)) //nolint:wrapcheck // the caller asks whether, not why
}
