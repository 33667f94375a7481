package telegramtest

// Person makes a user, and opens their private chat with the bot.
func (b *Bot) Person(id int64, first, last string) Object {
	b.mu.Lock()
	defer b.mu.Unlock()
	u := Object{"id": id, "is_bot": false, "first_name": first}
	chat := Object{"id": id, "type": "private", "first_name": first}
	if last != "" {
		u["last_name"], chat["last_name"] = last, last
	}
	b.chats[id] = chat
	return u
}

// Group opens a group that the bot is in. Its id is negative.
func (b *Bot) Group(id int64, title string) Object {
	b.mu.Lock()
	defer b.mu.Unlock()
	kind := "group"
	if id < -1_000_000_000_000 {
		kind = "supergroup"
	}
	b.chats[id] = Object{"id": id, "type": kind, "title": title}
	return b.chats[id]
}

// Upgrade makes a group a supergroup of another id.
func (b *Bot) Upgrade(from, to int64) {
	b.mu.Lock()
	title, _ := b.chats[from]["title"].(string)
	b.mu.Unlock()
	b.Group(to, title)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.moved[from] = to
}

// Block makes a person stop the bot.
func (b *Bot) Block(person Object) {
	id := person["id"].(int64)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.blocked[id] = true
	b.update("my_chat_member", Object{
		"chat": b.chats[id], "from": person, "date": unix(),
		"old_chat_member": Object{"status": "member", "user": b.user()},
		"new_chat_member": Object{"status": "kicked", "user": b.user(), "until_date": 0},
	})
}

// Connect makes a person let the bot answer for them, and returns the connection's id. The chats of those
// who write to them are opened with Person.
func (b *Bot) Connect(owner Object, id string) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.connections[id] = owner["id"].(int64)
	b.update("business_connection", Object{
		"id": id, "user": owner, "user_chat_id": owner["id"], "date": unix(), "is_enabled": true,
		"rights": Object{"can_reply": true, "can_read_messages": true, "can_delete_sent_messages": true},
	})
	return id
}

// Say makes a person write in a chat, and returns the message's id. Extra are further fields of the message;
// with "business_connection_id" it is one in an account that the bot answers for.
func (b *Bot) Say(from Object, chat int64, extra Object) int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	m := Object{"message_id": b.newID(), "date": unix(), "chat": b.chats[chat], "from": from}
	for k, v := range extra {
		m[k] = v
	}
	kind := "message"
	if m["business_connection_id"] != nil {
		kind = "business_message"
	}
	b.store(m)
	b.update(kind, m)
	return m["message_id"].(int64)
}

// Change makes a person edit a message.
func (b *Bot) Change(chat, id int64, fields Object) {
	b.mu.Lock()
	defer b.mu.Unlock()
	m := without(b.messages[chat][id])
	for k, v := range fields {
		m[k] = v
	}
	m["edit_date"] = unix()
	b.store(m)
	kind := "edited_message"
	if m["business_connection_id"] != nil {
		kind = "edited_business_message"
	}
	b.update(kind, m)
}

// Press makes a person press a button below a message of the bot's.
func (b *Bot) Press(from Object, chat, id int64, data string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.nextAlbum++
	b.update("callback_query", Object{
		"id": "42000" + data, "from": from, "chat_instance": "-1", "data": data, "message": b.messages[chat][id],
	})
}

// React makes a person react to a message with an emoji, or take that back with "".
func (b *Bot) React(from Object, chat, id int64, emoji string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := []Object{}
	if emoji != "" {
		now = append(now, Object{"type": "emoji", "emoji": emoji})
	}
	b.update("message_reaction", Object{
		"chat": b.chats[chat], "message_id": id, "user": from, "date": unix(), "old_reaction": []Object{}, "new_reaction": now,
	})
}

// Attachment keeps bytes as a file of a kind and returns the fields of a message that has it.
func (b *Bot) Attachment(kind, name string, data []byte) Object {
	b.mu.Lock()
	defer b.mu.Unlock()
	m := Object{}
	describe(m, kind, b.keep(Upload{Name: name, Data: data}))
	return m
}
