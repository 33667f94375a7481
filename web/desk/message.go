package desk

import (
	"strings"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/internal/fault"
	"parley/web/letters"
	"parley/web/rest"
)

// Message is a message, note or system line as callers see it.
type Message struct {
	ID             rest.ID           `json:"id"`
	ConversationID rest.ID           `json:"conversation_id"`
	Seq            *int64            `json:"seq" doc:"Its place in the conversation; null until it is released."`
	Direction      inbox.Direction   `json:"direction" enum:"inbound,outbound"`
	Kind           inbox.MessageKind `json:"kind" enum:"message,note,system"`
	Author         Author            `json:"author"`
	Text           string            `json:"text"`
	HTML           string            `json:"html" doc:"Sanitised."`
	Attachments    []Attachment      `json:"attachments"`
	Media          []Media           `json:"media" doc:"Files that it announced and that are not attachments yet."`
	ReplyTo        rest.Ref          `json:"reply_to"`
	State          inbox.State       `json:"state" enum:"received,queued,sending,sent,delivered,read,failed,uncertain,scheduled,held"`
	Error          *MessageError     `json:"error" doc:"Why it did not go through; of a sent one, for whom it did not."`
	NextAttemptAt  *time.Time        `json:"next_attempt_at" doc:"Of one that waits after an attempt: when the next one is made."`
	WaitsFor       rest.Ref          `json:"waits_for" doc:"The message of the conversation that has to go before it."`
	RemoteID       *string           `json:"remote_id" doc:"The network's own id."`
	ClientID       *string           `json:"client_id" doc:"What its writer called it."`
	Reaction       string            `json:"reaction,omitempty" doc:"The contact's."`
	OwnReaction    string            `json:"own_reaction" doc:"Ours; empty: none."`
	Amendments     []Amendment       `json:"amendments" doc:"What shall be changed of it, and did not come about yet."`
	ReleaseAt      *time.Time        `json:"release_at" doc:"Until then it can be taken back."`
	SentAt         *time.Time        `json:"sent_at"`
	EditedAt       *time.Time        `json:"edited_at,omitempty"`
	DeletedAt      *time.Time        `json:"deleted_at,omitempty"`
	CreatedAt      time.Time         `json:"created_at"`

	From     *Party          `json:"from" doc:"Who wrote it, as its network says; null where it says nothing."`
	AnswerTo []Party         `json:"answer_to" doc:"Where its author wants answers to go instead of from; empty: to from."`
	To       []Party         `json:"to"`
	Cc       []Party         `json:"cc"`
	Bcc      []Party         `json:"bcc" doc:"Of our own messages."`
	Subject  string          `json:"subject"`
	Quoted   string          `json:"quoted" doc:"What the author repeated or signs with; text is without it."`
	Warning  string          `json:"warning" doc:"Why the author may not be who they claim to be: dmarc_failed and so on."`
	Newcomer bool            `json:"newcomer" doc:"Its author, who proved to have a mail of ours, had no part in the conversation before; by default no answer goes there."`
	Nature   channels.Nature `json:"nature" enum:",notice,auto_reply,list,bounce,complaint" doc:"Empty: a person."`
	Buttons  [][]Button      `json:"buttons" doc:"Choices below the text, in rows."`
	Numbered bool            `json:"numbered" doc:"The network has no such buttons: the text names them, and an answer with a number chooses one."`
	Press    *Press          `json:"press" doc:"The button that the contact chose."`
	Template *TemplateUse    `json:"template" doc:"The approved template that it is."`
	Closes   bool            `json:"closes" doc:"It waits for the contact, and closes the conversation when it leaves."`

	Damaged  bool `json:"damaged" doc:"It broke off on its way, or parts of it could not be read; the original has it as it came."`
	Original bool `json:"original" doc:"It is kept as it came; see /messages/{id}/original."`
}

// Party is somebody a message is from or for.
type Party struct {
	Name    string `json:"name"`
	Address string `json:"address"`
	Scope   string `json:"scope,omitempty"`
}

// ShowParty is a party as callers see it.
func ShowParty(p inbox.Party) Party { return Party{Name: p.Name, Address: p.Address, Scope: p.Scope} }

// Author is who wrote a message.
type Author struct {
	Kind string   `json:"kind" doc:"agent, contact, api, bot, system, network"`
	ID   rest.Ref `json:"id"`
	Name string   `json:"name"`
}

// Attachment is a file of a message.
type Attachment struct {
	ID    rest.ID `json:"id"`
	Name  string  `json:"name"`
	Type  string  `json:"type"`
	Size  int64   `json:"size"`
	URL   string  `json:"url"`
	Image bool    `json:"image" doc:"A picture that a page may show."`

	Inline    bool   `json:"inline" doc:"Part of the text, not beside it."`
	ContentID string `json:"content_id" doc:"How the message's HTML names it."`
}

// Media is a file of a message that lies, or lay, with its network.
type Media struct {
	Kind  channels.MediaKind `json:"kind" enum:",photo,video,voice,audio,animation,sticker" doc:"Empty: a file like any other."`
	Name  string             `json:"name" doc:"As announced; may be empty."`
	Type  string             `json:"type" doc:"As announced; may be empty."`
	Size  int64              `json:"size" doc:"As announced; 0 is unknown."`
	State inbox.MediaState   `json:"state" enum:"waiting,gone" doc:"A file that is gone will not come."`
	Error *Words             `json:"error" doc:"Why it is gone."`
}

// Words is a text in every language of the page.
type Words struct {
	RU string `json:"ru"`
	EN string `json:"en"`
	AR string `json:"ar,omitempty" doc:"Where there is a translation; English otherwise."`
}

func wordsOf(w channels.Words) Words {
	return Words{RU: w.RU, EN: w.EN, AR: fault.T(w.RU, w.EN).AR()}
}

func showMedia(m inbox.Media) Media {
	out := Media{Kind: m.Kind, Name: m.Name, Type: m.Type, Size: m.Size, State: m.State}
	if m.Error != (channels.Words{}) {
		w := wordsOf(m.Error)
		out.Error = &w
	}
	return out
}

// ShowMessage is a message as everybody sees it: its error is in English, with the words in
// both languages beside.
func ShowMessage(m inbox.Message, explain Explain) Message {
	return showMessage(m, sight{language: "en", explain: explain, clean: letters.Clean})
}

// showMessage is a message as one caller sees it. The desk remembers what it made harmless.
func (d *Desk) showMessage(who rest.Caller) func(inbox.Message) Message {
	sight := sight{language: who.Language, explain: d.explain, clean: d.cleaner.Clean}
	return func(m inbox.Message) Message { return showMessage(m, sight) }
}

// sight is how a message is to be seen.
type sight struct {
	language string
	explain  Explain
	clean    func(*inbox.Message) string
}

func showMessage(m inbox.Message, sight sight) Message {
	out := Message{
		ID: rest.IDOf(m.ID), ConversationID: rest.IDOf(m.ConversationID), Direction: m.Direction, Kind: m.Kind,
		Author: Author{Kind: m.Author.Kind, ID: rest.RefOf(m.Author.ID), Name: m.Author.Name}, Text: m.Text, HTML: sight.clean(&m),
		Attachments: rest.Map(m.Files, ShowFile), Media: rest.Map(m.Missing(), showMedia), ReplyTo: rest.RefOf(m.ReplyTo), State: m.State, RemoteID: textOrNull(m.RemoteID),
		Reaction: m.Reaction, ReleaseAt: rest.TimeOrNull(m.ReleaseAt), SentAt: rest.TimeOrNull(m.SentAt),
		EditedAt: rest.TimeOrNull(m.EditedAt), DeletedAt: rest.TimeOrNull(m.DeletedAt), CreatedAt: rest.Time(m.CreatedAt),
		AnswerTo: rest.Map(m.AnswerTo, ShowParty), To: rest.Map(m.To, ShowParty), Cc: rest.Map(m.Cc, ShowParty), Bcc: rest.Map(m.Bcc, ShowParty),
		Subject: m.Subject, Quoted: m.Quoted, Warning: m.Warning, Nature: m.Nature, Damaged: m.Damaged, Original: m.Original != "",
	}
	out.Newcomer = m.Newcomer
	if m.From != nil {
		from := ShowParty(*m.From)
		out.From = &from
	}
	showInteractive(&out, &m.Interactive)
	if m.Seq != 0 {
		out.Seq = &m.Seq
	}
	if m.Direction == inbox.Outbound && m.Author.Kind != "network" {
		out.ClientID = textOrNull(m.EventKey)
	}
	showWay(&out, &m, sight)
	showAmendments(&out, &m, sight)
	return out
}

// ShowFile is an attachment as callers see it.
func ShowFile(f inbox.File) Attachment {
	return Attachment{
		ID: rest.IDOf(f.ID), Name: f.Name, Type: f.Type, Size: f.Size, URL: rest.Base + "/files/" + string(rest.IDOf(f.ID)), Image: isPicture(f.Type),
		Inline: f.Inline, ContentID: f.ContentID,
	}
}

// isPicture tells the raster pictures that browsers show and that hold no scripts.
func isPicture(mediaType string) bool {
	mediaType, _, _ = strings.Cut(strings.ToLower(mediaType), ";")
	switch strings.TrimSpace(mediaType) {
	case "image/png", "image/jpeg", "image/gif", "image/webp", "image/avif":
		return true
	}
	return false
}

func textOrNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
