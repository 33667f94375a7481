package vktest

import (
	"net/url"
	"slices"
	"strings"
)

// handlers are the methods that the server knows. They are called under its lock.
func (s *Server) handlers() map[string]handler {
	return map[string]handler{
		"messages.send":                       s.send,
		"messages.edit":                       s.edit,
		"messages.delete":                     s.remove,
		"messages.sendReaction":               s.react,
		"messages.deleteReaction":             s.react,
		"messages.setActivity":                s.activity,
		"messages.markAsRead":                 s.markRead,
		"messages.sendMessageEventAnswer":     s.answer,
		"messages.getHistory":                 s.history,
		"messages.getConversations":           s.conversations,
		"messages.getConversationsById":       s.titles,
		"messages.getByConversationMessageId": s.byNumber,
		"users.get":                           s.users,
		"groups.getById":                      s.groups,
		"groups.getTokenPermissions":          s.permissions,
		"groups.getLongPollServer":            s.pollServer,
		"groups.getLongPollSettings":          s.pollSettings,
		"photos.getMessagesUploadServer":      s.photoPlace,
		"photos.saveMessagesPhoto":            s.savePhoto,
		"docs.getMessagesUploadServer":        s.docPlace,
		"docs.save":                           s.saveDoc,
	}
}

func (s *Server) edit(p url.Values) (any, int) {
	c := s.peer(number(p.Get("peer_id")))
	m := c.message(number(p.Get("cmid")))
	if m == nil || m["out"] != 1 {
		return nil, 920
	}
	if utf16Len(p.Get("message")) > 4096 {
		return nil, 914
	}
	more := object{}
	if code := s.dress(c, p, more); code != 0 {
		return nil, code
	}
	m["text"], m["attachments"], m["format"], m["update_time"] = p.Get("message"), more["attachments"], more["format"], s.now().Unix()
	s.offer("message_edit", visible(m))
	return 1, 0
}

func (s *Server) remove(p url.Values) (any, int) {
	list := []object{}
	for text := range strings.SplitSeq(p.Get("cmids"), ",") {
		done := 0
		if m := s.peer(number(p.Get("peer_id"))).message(number(text)); m != nil {
			m["gone"], done = true, 1
		}
		list = append(list, object{"peer_id": number(p.Get("peer_id")), "conversation_message_id": number(text), "response": done})
	}
	return list, 0
}

func (s *Server) react(p url.Values) (any, int) {
	m := s.peer(number(p.Get("peer_id"))).message(number(p.Get("cmid")))
	if m == nil {
		return nil, 100
	}
	m["reaction"] = int(number(p.Get("reaction_id")))
	return 1, 0
}

func (s *Server) activity(p url.Values) (any, int) {
	s.typing = append(s.typing, number(p.Get("peer_id")))
	return 1, 0
}

// Typing returns the peers that saw the community write, in order.
func (s *Server) Typing() []int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.typing)
}

func (s *Server) markRead(p url.Values) (any, int) {
	s.read[number(p.Get("peer_id"))] = number(p.Get("up_to_cmid"))
	return 1, 0
}

// ReadUpTo is the number of the last message of a peer that the community marked as read.
func (s *Server) ReadUpTo(peer int64) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.read[peer]
}

func (s *Server) answer(p url.Values) (any, int) {
	s.answered = append(s.answered, p.Get("event_id"))
	return 1, 0
}

// Answered returns the ids of the presses that were answered.
func (s *Server) Answered() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.answered)
}

// history lists a conversation's messages, the latest first.
func (s *Server) history(p url.Values) (any, int) {
	items := []object{}
	for _, m := range slices.Backward(s.peer(number(p.Get("peer_id"))).messages) {
		if m["gone"] != true {
			items = append(items, visible(m))
		}
	}
	return object{"count": len(items), "items": page(items, p)}, 0
}

func page(items []object, p url.Values) []object {
	from := min(max(int(number(p.Get("offset"))), 0), len(items))
	count := 20
	if p.Get("count") != "" {
		count = min(int(number(p.Get("count"))), 200)
	}
	return items[from:min(from+count, len(items))]
}

func (s *Server) conversations(p url.Values) (any, int) {
	items := []object{}
	for _, id := range slices.Backward(s.order) {
		c := s.peers[id]
		items = append(items, object{"conversation": s.describe(c), "last_message": visible(c.messages[len(c.messages)-1])})
	}
	return object{"count": len(items), "items": page(items, p)}, 0
}

func (s *Server) describe(c *conversation) object {
	kind, local := "user", c.peer
	if c.peer >= firstChat {
		kind, local = "chat", c.peer-firstChat
	}
	d := object{
		"peer":            object{"id": c.peer, "type": kind, "local_id": local},
		"last_message_id": 0, "in_read": 0, "out_read": 0, "version": 1, "last_conversation_message_id": len(c.messages),
	}
	if len(c.messages) > 0 {
		d["last_message_id"] = c.messages[len(c.messages)-1]["id"]
	}
	if c.title != "" {
		d["chat_settings"] = object{
			"owner_id": 1, "title": c.title, "state": "in", "acl": object{
				"can_change_info": false, "can_change_invite_link": false, "can_change_pin": false, "can_invite": false,
				"can_promote_users": false, "can_see_invite_link": false, "can_moderate": false, "can_copy_chat": false, "can_call": false,
				"can_use_mass_mentions": false,
			}, "active_ids": []int64{},
		}
	}
	return d
}

func (s *Server) titles(p url.Values) (any, int) {
	items := []object{}
	for text := range strings.SplitSeq(p.Get("peer_ids"), ",") {
		if c := s.peers[number(text)]; c != nil {
			items = append(items, s.describe(c))
		}
	}
	return object{"count": len(items), "items": items}, 0
}

func (s *Server) byNumber(p url.Values) (any, int) {
	items := []object{}
	for text := range strings.SplitSeq(p.Get("conversation_message_ids"), ",") {
		if m := s.peer(number(p.Get("peer_id"))).message(number(text)); m != nil {
			items = append(items, visible(m))
		}
	}
	return object{"count": len(items), "items": items}, 0
}

func (s *Server) users(p url.Values) (any, int) {
	list := []object{}
	for text := range strings.SplitSeq(p.Get("user_ids"), ",") {
		if n, ok := s.names[number(text)]; ok {
			list = append(list, object{"id": number(text), "first_name": n.first, "last_name": n.last, "can_access_closed": true, "is_closed": false})
		}
	}
	return list, 0
}

func (s *Server) groups(p url.Values) (any, int) {
	list := []object{}
	for text := range strings.SplitSeq(p.Get("group_ids")+p.Get("group_id"), ",") {
		if id := number(text); id == s.options.Group {
			list = append(list, object{"id": id, "name": "Лавка", "screen_name": "lavka", "is_closed": 0, "type": "group"})
		}
	}
	if len(list) == 0 {
		return nil, 100
	}
	return object{"groups": list, "profiles": []any{}}, 0
}

func (s *Server) permissions(url.Values) (any, int) {
	list := []object{}
	for i, name := range []string{"messages", "photos", "docs", "manage"} {
		list = append(list, object{"name": name, "setting": 1 << i})
	}
	return object{"mask": 15, "permissions": list}, 0
}

func (s *Server) pollSettings(p url.Values) (any, int) {
	if number(p.Get("group_id")) != s.options.Group {
		return nil, 100
	}
	ticked := object{}
	for kind := range strings.FieldsSeq(kinds) {
		ticked[kind] = 0
	}
	for _, kind := range []string{"message_new", "message_reply", "message_edit", "message_read", "message_event", "message_reaction_event"} {
		ticked[kind] = 1
	}
	return object{"api_version": "5.199", "is_enabled": true, "events": ticked}, 0
}

// kinds are the events that a community's settings list, besides those that are ticked.
const kinds = `audio_new board_post_delete board_post_edit board_post_new board_post_restore donut_money_withdraw
	donut_money_withdraw_error donut_subscription_cancelled donut_subscription_create donut_subscription_expired
	donut_subscription_price_changed donut_subscription_prolonged group_change_photo group_change_settings group_join group_leave
	group_officers_edit market_comment_delete market_comment_edit market_comment_new market_comment_restore message_allow message_deny
	message_typing_state photo_comment_delete photo_comment_edit photo_comment_new photo_comment_restore photo_new poll_vote_new
	user_block user_unblock video_comment_delete video_comment_edit video_comment_new video_comment_restore video_new wall_post_new
	wall_reply_delete wall_reply_edit wall_reply_new wall_reply_restore wall_repost wall_schedule_post_delete wall_schedule_post_new`
