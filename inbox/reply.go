package inbox

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/channels"
	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/internal/fault"
	"parley/internal/plaintext"
)

// Answer is what an agent or a program writes into a conversation.
type Answer struct {
	Kind    MessageKind // KindMessage or KindNote
	Text    string
	HTML    string
	Files   []FileID
	ReplyTo MessageID
	// SeenSeq is the last message the writer saw; nil = do not check. A message that
	// is newer refuses the answer.
	SeenSeq *int64
	// SeenPending are answers of colleagues, about to leave, that the writer saw too. One
	// that is not among them refuses the answer as a newer message does; those among them, and the
	// writer's own, never do, not even once they have left. nil = do not check.
	SeenPending *[]MessageID
	// Undo delays the release, so that the writer can take it back.
	Undo time.Duration
	// SendAt schedules the release; zero = now.
	SendAt time.Time
	// DraftVersion is the version of the writer's draft that the answer was made of, 0 if no draft
	// was kept: that one is thrown away with the answer, and one that was kept since stays. nil =
	// whatever draft the writer has.
	DraftVersion *int64
	// ClientID is what the writer calls the message, kept as its EventKey; may be empty.
	ClientID string
	// Close closes the conversation with the answer.
	Close bool

	// What follows is for mails. Addresses are as people type them; without any the
	// answer goes to whom the conversation is with.
	To, Cc, Bcc []string
	Subject     string // "" = that of what is answered
	From        string // one of the account's addresses; "" = the one that was written to
	// ForwardOf is a message whose text and files go along; 0 = none.
	ForwardOf MessageID
	// Automatic says that no person writes this: it goes only where machines may answer,
	// and leaves the conversation waiting.
	Automatic bool
	Language  string // of the words that are put in: "ru", "en" or "ar"

	// Buttons are choices below the text, in rows. Where the network has none they become
	// numbered lines of it.
	Buttons [][]channels.Button
	// Template is an approved text that is sent instead of a written one; its Text is filled in.
	Template *channels.TemplateUse
	// Hold lets the answer wait until the contact writes, where the network would not take it
	// now because its window for free answers is shut. Where it is open the answer goes at once.
	Hold bool

	head     *Head // of a mail, once it was checked
	contact  Party // of a conversation that begins
	numbered bool  // the buttons stand in the text
	held     bool  // the window is shut, and it waits for that to change
}

// Bounds of an answer.
const (
	MaxUndo     = 60 * time.Second
	maxNote     = 100_000 // runes
	maxSchedule = 366 * 24 * time.Hour
	late        = time.Minute // an answer whose time has passed by no more goes at once: it was on its way
)

// Write adds an answer or a note. An answer is queued for sending in the same
// transaction, or waits for its release.
func (s *Service) Write(ctx context.Context, v actor.Viewer, id ConversationID, a Answer) (Message, error) {
	row, err := s.Get(ctx, v, id)
	if err != nil {
		return Message{}, err
	}
	if err := s.check(ctx, &row.Conversation, &a); err != nil {
		return Message{}, err
	}
	var written Message
	err = s.store.Write(ctx, func(ctx context.Context) error {
		c, found, err := s.store.LockConversation(ctx, v, id)
		if err != nil {
			return err
		}
		if !found {
			return ErrNoConversation
		}
		m, err := s.write(ctx, v, c, &a)
		if err == nil {
			written = *m
		}
		return err
	})
	if err != nil {
		return Message{}, err
	}
	written.Author.Name = v.Name
	return written, nil
}

// check refuses what the account cannot send, before anything is locked.
func (s *Service) check(ctx context.Context, c *Conversation, a *Answer) error {
	a.Text, a.ClientID = strings.TrimSpace(contact.Storable(a.Text)), contact.Storable(a.ClientID)
	source := contact.Storable(a.HTML)
	if source != "" {
		a.HTML = s.clean(source)
		if a.Text == "" {
			a.Text = plaintext.FromHTML(cmp.Or(a.HTML, source))
		}
	}
	var bad fault.Collector
	if a.Text == "" && a.HTML == "" && len(a.Files) == 0 && a.ForwardOf == 0 && a.Template == nil {
		bad.Add("text", "required", fault.T("Напишите текст или приложите файл.", "Write a text or attach a file."))
	}
	if a.Undo < 0 || a.Undo > MaxUndo {
		bad.Add("undo_seconds", "range", fault.T("От 0 до 60 секунд.", "Between 0 and 60 seconds."))
	}
	if now := s.time(); !a.SendAt.IsZero() && a.Kind != KindNote && (a.SendAt.After(now.Add(maxSchedule)) || a.SendAt.Before(now.Add(-late))) {
		bad.Add("send_at", "range", fault.T("Выберите время в будущем, не позже чем через год.", "Choose a time in the future, within a year."))
	}
	if a.Kind == KindNote {
		limit := channels.TextLimit{Max: maxNote, Unit: channels.UnitRunes}
		if !limit.Fits(a.Text) {
			bad.Add("text", "too_long", tooLong(limit, a.Text))
		}
		if a.ForwardOf != 0 {
			bad.Add("forward_of", "unsupported", fault.T("Заметка остаётся у вас и ничего не пересылает. Перешлите ответом.", "A note stays with you and forwards nothing. Forward with a reply."))
		}
		if a.Automatic {
			bad.Add("automatic", "unsupported", fault.T("Заметка не бывает автоответом.", "A note is no automatic answer."))
		}
		if len(a.Buttons) > 0 {
			bad.Add("buttons", "unsupported", fault.T("У заметки нет кнопок.", "A note has no buttons."))
		}
		if a.Template != nil || a.Hold {
			bad.Add("template", "unsupported", fault.T("Заметка никуда не отправляется: шаблоны и ожидание ей не нужны.", "A note goes nowhere: it needs no template and no waiting."))
		}
		return bad.Err()
	}
	if c.MergedInto != 0 {
		return ErrMerged
	}
	if err := s.checkStanding(c.AccountID); err != nil {
		return err
	}
	l, ok := s.limits(c.AccountID)
	if !ok {
		return ErrAccountGone
	}
	if err := s.checkStopped(ctx, l, c, a.contact); err != nil {
		return err
	}
	if a.Template != nil {
		return s.checkTemplate(ctx, &bad, l, c, a)
	}
	if !l.HTML && a.HTML != "" { // its text says the same
		if a.HTML = ""; a.Text == "" && len(a.Files) == 0 {
			bad.Add("html", "required", fault.T("В этом HTML нет ни слова, а канал передаёт только текст.", "There is not a word in this HTML, and the channel carries text alone."))
		}
	}
	offer(&bad, l, a)
	checkLimits(&bad, l, a)
	if err := s.head(ctx, l, c.AccountID, a, &bad); err != nil {
		return err
	}
	if err := bad.Err(); err != nil {
		return err
	}
	return s.checkWindow(ctx, l, c, a)
}

func checkLimits(bad *fault.Collector, l channels.Limits, a *Answer) {
	if l.Text.Max == 0 && l.Files.MaxCount == 0 {
		bad.Add("text", "unsupported", fault.T("На этот канал нельзя ответить. Напишите человеку с другого канала: на почту или телефон, которые он оставил.",
			"This channel cannot be answered. Write from another one, to the e-mail address or phone number that the person left."))
		return
	}
	limit := l.Text
	if len(a.Files) > 0 && l.Caption.Max > 0 {
		limit = l.Caption
	}
	if !limit.Fits(a.Text) {
		bad.Add("text", "too_long", tooLong(limit, a.Text))
	}
	if len(a.Files) > l.Files.MaxCount {
		n := strconv.Itoa(l.Files.MaxCount)
		bad.Add("attachments", "too_many", fault.T("Файлов в одном сообщении не больше "+n+".", "At most "+n+" files in one message."))
	}
}

func tooLong(l channels.TextLimit, text string) fault.Text {
	n, most := strconv.Itoa(l.Len(text)), strconv.Itoa(l.Max)
	return fault.T("Текст слишком длинный: "+n+" из "+most+". Сократите его.", "The text is too long: "+n+" of "+most+". Shorten it.")
}

// write makes the message under the conversation's lock.
func (s *Service) write(ctx context.Context, v actor.Viewer, c *Conversation, a *Answer) (*Message, error) {
	now := s.time()
	if err := s.checkSeen(ctx, v, c, a, now); err != nil {
		return nil, err
	}
	ch := &Changes{}
	m, err := s.add(ctx, ch, v, c, a, now)
	if err != nil {
		return nil, err
	}
	if err := s.dropDraft(ctx, v, c.ID, a.DraftVersion); err != nil {
		return nil, err
	}
	return m, s.store.Save(ctx, ch)
}

// dropDraft throws away the draft that an answer was made of.
func (s *Service) dropDraft(ctx context.Context, v actor.Viewer, c ConversationID, version *int64) error {
	switch agent := AgentID(v.AgentID); {
	case agent == 0:
		return nil
	case version == nil:
		return s.store.DeleteDraft(ctx, agent, c)
	default:
		return s.store.DeleteDraftOf(ctx, agent, c, *version)
	}
}

// add puts the message into the conversation, now or by its release.
func (s *Service) add(ctx context.Context, ch *Changes, v actor.Viewer, c *Conversation, a *Answer, now time.Time) (*Message, error) {
	if a.Kind == KindMessage && c.Spam() {
		return nil, ErrSpam
	}
	m, err := s.compose(ctx, v, c, a, now)
	if err != nil {
		return nil, err
	}
	for i := range m.Files {
		if m.Files[i].Copied {
			ch.Files = append(ch.Files, &m.Files[i])
		}
	}
	for i, p := range slices.Concat(m.To, m.Cc) {
		if m.From == nil || !p.Same(*m.From) {
			ch.Participants = append(ch.Participants, Participant{ConversationID: c.ID, Party: p, Position: now.UnixMicro() + int64(i)})
		}
	}
	if a.held {
		m.State, m.ReleaseAt = Held, time.Time{}
		ch.Message(m, now)
		return m, nil
	}
	if !m.ReleaseAt.IsZero() {
		m.State = Scheduled
		ch.Message(m, now)
		ch.FollowUps = append(ch.FollowUps, FollowUp{Kind: JobRelease, Key: jobKey(c.ID), Payload: releasePayload(m.ID, a.Close), Due: m.ReleaseAt})
		return m, nil
	}
	s.release(ch, c, m, now)
	ch.Message(m, now)
	return m, s.settleAnswer(ctx, ch, c, m, v.Cause, a.Close, now)
}

func (s *Service) compose(ctx context.Context, v actor.Viewer, c *Conversation, a *Answer, now time.Time) (*Message, error) {
	ids, err := s.store.NextIDs(ctx, 1)
	if err != nil {
		return nil, err
	}
	m := &Message{
		ID: MessageID(ids[0]), ConversationID: c.ID, AccountID: c.AccountID, Direction: Outbound, Kind: a.Kind,
		Author: Author{Kind: string(v.Cause.Kind), ID: v.Cause.ID}, Text: a.Text, HTML: a.HTML, State: Queued, EventKey: a.ClientID,
		Cause: v.Cause, CreatedAt: now, UpdatedAt: now,
		Interactive: Interactive{Buttons: a.Buttons, Numbered: a.numbered, Template: a.Template, Closes: a.Close && a.held},
	}
	if a.Kind == KindNote {
		m.State = Sent
	} else {
		switch due := a.SendAt.UTC().Truncate(time.Microsecond); {
		case !a.SendAt.IsZero() && due.After(now):
			m.ReleaseAt = due
		case a.Undo > 0:
			m.ReleaseAt = now.Add(a.Undo)
		}
	}
	if a.ReplyTo != 0 {
		answered, found, err := s.store.Message(ctx, v, a.ReplyTo)
		if err != nil {
			return nil, err
		}
		if !found || answered.ConversationID != c.ID {
			return nil, fault.InvalidField("reply_to", "unknown", fault.T("В этом диалоге нет такого сообщения.", "There is no such message in this conversation."))
		}
		m.ReplyTo = a.ReplyTo
	}
	if err := s.attach(ctx, v, c, a, m); err != nil || a.Kind != KindMessage {
		return m, err
	}
	if a.head == nil {
		return m, s.chatByMachine(ctx, c, m, now)
	}
	embed(m)
	return m, s.address(ctx, v, c, a, m, now)
}

// embed finds the attached pictures that stand in the text: its writer names them by
// the ids of their files.
func embed(m *Message) {
	for i := range m.Files {
		f := &m.Files[i]
		id := strconv.FormatInt(int64(f.ID), 10)
		name := "cid:" + id
		if !strings.Contains(m.HTML, `"`+name+`"`) {
			continue
		}
		f.ContentID, f.Inline = id+"@parley", true
		m.HTML = strings.ReplaceAll(m.HTML, `"`+name+`"`, `"cid:`+f.ContentID+`"`)
	}
}

func (s *Service) attach(ctx context.Context, v actor.Viewer, c *Conversation, a *Answer, m *Message) error {
	if len(a.Files) == 0 {
		return nil
	}
	owner := FileOwner{Kind: string(v.Cause.Kind), ID: v.Cause.ID}
	files, err := s.store.FilesForSending(ctx, owner, a.Files)
	if err != nil {
		return err
	}
	if len(files) != len(a.Files) && a.head != nil {
		if files, err = s.pasted(ctx, v, a, m, files); err != nil {
			return err
		}
	}
	if len(files) != len(a.Files) {
		return fault.InvalidField("attachments", "unknown", fault.T("Файл не найден или уже отправлен. Загрузите его ещё раз.", "A file is unknown or was sent already. Upload it again."))
	}
	if l, ok := s.limits(c.AccountID); ok && a.Kind == KindMessage {
		for _, f := range files {
			if f.Size > l.Files.MaxBytes {
				most := strconv.FormatInt(l.Files.MaxBytes>>20, 10)
				return fault.InvalidField("attachments", "too_large", fault.T("Файл «"+f.Name+"» больше "+most+" МБ.", "File “"+f.Name+"” is larger than "+most+" MB."))
			}
		}
	}
	m.Files = files
	return nil
}

// release gives a message its place in the conversation and queues it.
func (s *Service) release(ch *Changes, c *Conversation, m *Message, now time.Time) {
	m.Seq = c.Seq + 1
	m.ReleaseAt = time.Time{}
	m.CreatedAt = now
	if !now.After(c.LastAt) {
		m.CreatedAt = c.LastAt.Add(time.Microsecond)
	}
	if m.Kind == KindMessage {
		m.State = Queued
		ch.Queue = append(ch.Queue, OutboxItem{MessageID: m.ID, AccountID: c.AccountID, ConversationID: c.ID, Seq: m.Seq, NotBefore: now})
	}
	c.Note(m)
}

// settleAnswer changes the conversation as an answer does: the wait is over, whoever
// answers an unassigned one takes it, and it is closed when asked. What only passes a
// message on to others is no answer to who waits.
func (s *Service) settleAnswer(ctx context.Context, ch *Changes, c *Conversation, m *Message, cause actor.Cause, closing bool, now time.Time) error {
	p := Patch{}
	if m.Kind == KindMessage && !m.Automatic && !m.Forwards {
		c.Answered()
		if c.AssigneeID == 0 && cause.Kind == actor.Agent {
			me := AgentID(cause.ID)
			p.Assignee = &me
		}
		if c.Status == Closed {
			open, waits := Open, false
			p.Status, p.Unanswered = &open, &waits
		}
	}
	if closing {
		closed := Closed
		p.Status = &closed
	}
	return s.apply(ctx, ch, c, &p, cause, now)
}

func releasePayload(id MessageID, closing bool) string { return fmt.Sprintf("%d %t", id, closing) }
