package vktest

import (
	"strconv"
)

// Person makes somebody known by name.
func (s *Server) Person(id int64, first, last string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.names[id] = name{first, last}
}

// Chat makes a chat of several people; id counts from 1. It returns the chat's peer.
func (s *Server) Chat(id int64, title string) (peer int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.peer(firstChat + id).title = title
	return firstChat + id
}

// Extra adds to a message what VK's schema has: "attachments", "geo", "payload".
type Extra map[string]any

// Write makes a person write to the community, in the dialog or in a chat. It returns the number of
// the message and the event, as Again takes it.
func (s *Server) Write(peer, from int64, text string, extra ...Extra) (number int64, body []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	more := object{}
	for _, e := range extra {
		for k, v := range e {
			more[k] = v
		}
	}
	m := s.add(peer, from, text, more)
	return m["conversation_message_id"].(int64), s.offer("message_new", object{
		"message":     visible(m),
		"client_info": object{"button_actions": []string{"text", "callback", "open_link"}, "keyboard": true, "inline_keyboard": true, "carousel": true, "lang_id": 0},
	})
}

// Quietly writes without an event: it is in the history alone.
func (s *Server) Quietly(peer, from int64, text string) (number int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.add(peer, from, text, nil)["conversation_message_id"].(int64)
}

// Answer makes an administrator answer on VK's own page.
func (s *Server) Answer(peer, admin int64, text string) (number int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.add(peer, -s.options.Group, text, object{"admin_author_id": admin, "random_id": s.newID()})
	s.offer("message_reply", visible(m))
	return m["conversation_message_id"].(int64)
}

// Rewrite makes the author change a message.
func (s *Server) Rewrite(peer, number int64, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m := s.peer(peer).message(number); m != nil {
		m["text"], m["update_time"] = text, s.now().Unix()
		s.offer("message_edit", visible(m))
	}
}

// Read makes a person read up to a message.
func (s *Server) Read(peer, number int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.offer("message_read", object{"from_id": peer, "peer_id": peer, "read_message_id": number, "conversation_message_id": number})
}

// React makes a person react to a message; 0 takes it back.
func (s *Server) React(peer, by, number int64, reaction int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	o := object{"reacted_id": by, "peer_id": peer, "cmid": number}
	if reaction > 0 {
		o["reaction_id"] = reaction
	}
	s.offer("message_reaction_event", o)
}

// Press makes a person press a callback button below a message. It returns the press's id.
func (s *Server) Press(peer, by, number int64, payload string) (eventID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	eventID = "press-" + strconv.FormatInt(s.newID(), 10)
	s.offer("message_event", object{
		"user_id": by, "peer_id": peer, "event_id": eventID, "payload": payload, "conversation_message_id": number,
	})
	return eventID
}

// Tell offers an event of any other kind.
func (s *Server) Tell(kind string, about any) (body []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.offer(kind, about)
}
