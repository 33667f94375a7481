package search

import (
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/search"
	"parley/web/desk"
	"parley/web/rest"
)

// SearchHit is one thing that was found. What does not belong to its type is null or empty.
type SearchHit struct {
	Type           string            `json:"type" enum:"conversation,request,contact,message,file"`
	ID             rest.ID           `json:"id"`
	Number         int64             `json:"number" doc:"Of a conversation or a request; of messages and files that of their conversation; 0 for people."`
	ConversationID rest.Ref          `json:"conversation_id"`
	Seq            *int64            `json:"seq" doc:"Where the message, or the one with the file, stands in the conversation; null before its release."`
	Subject        string            `json:"subject"`
	Status         string            `json:"status" doc:"Of the conversation, or of the request."`
	AccountID      rest.Ref          `json:"account_id"`
	AccountKind    channels.Kind     `json:"account_kind"`
	ContactID      rest.Ref          `json:"contact_id"`
	ContactName    string            `json:"contact_name"`
	Direction      inbox.Direction   `json:"direction"`
	Kind           inbox.MessageKind `json:"kind"`
	Author         string            `json:"author" doc:"The colleague who wrote a message; empty for others."`
	Text           []SearchPiece     `json:"text" doc:"What was found, with the hits marked: the part of a message around the first, a person's name, a file's name."`
	Identities     []desk.Identity   `json:"identities" doc:"Of a contact."`
	File           *desk.Attachment  `json:"file"`
	At             *time.Time        `json:"at"`
}

// SearchPiece is a part of a text.
type SearchPiece struct {
	Text string `json:"text"`
	Hit  bool   `json:"hit" doc:"This is what was looked for."`
}

func showPiece(p search.Piece) SearchPiece { return SearchPiece(p) }

// show puts the groups behind each other.
func show(r *search.Result, only search.Type) SearchResult {
	out := SearchResult{Items: []SearchHit{}, More: []string{}, Filling: r.Filling}
	for i := range r.Numbers.Items {
		out.Items = append(out.Items, showNumber(&r.Numbers.Items[i]))
	}
	for i := range r.People.Items {
		out.Items = append(out.Items, showPerson(&r.People.Items[i]))
	}
	for i := range r.Messages.Items {
		out.Items = append(out.Items, showMessage(&r.Messages.Items[i]))
	}
	for i := range r.Files.Items {
		out.Items = append(out.Items, showFile(&r.Files.Items[i]))
	}
	for _, g := range []struct {
		is   search.Type
		next string
	}{{search.People, r.People.Next}, {search.Messages, r.Messages.Next}, {search.Files, r.Files.Next}} {
		if g.next == "" {
			continue
		}
		if g.is == only {
			out.Next = g.next
		} else {
			out.More = append(out.More, string(g.is))
		}
	}
	return out
}

// about shows the conversation of a hit.
func about(kind string, a *search.About) SearchHit {
	return SearchHit{
		Type: kind, Number: a.Number, ConversationID: rest.RefOf(a.ConversationID), Subject: a.Subject, Status: string(a.Status),
		AccountID: rest.RefOf(a.AccountID), AccountKind: a.AccountKind, ContactID: rest.RefOf(a.ContactID), ContactName: a.ContactName,
		Text: []SearchPiece{}, Identities: []desk.Identity{},
	}
}

func showNumber(n *search.NumberHit) SearchHit {
	out := about("conversation", &n.About)
	out.ID, out.At = rest.IDOf(n.ConversationID), rest.TimeOrNull(n.At)
	if n.RequestID != 0 {
		out.Type, out.ID, out.Status = "request", rest.IDOf(n.RequestID), string(n.Request)
	}
	return out
}

func showPerson(p *search.PersonHit) SearchHit {
	c := desk.ShowContact(p.Contact)
	return SearchHit{
		Type: "contact", ID: c.ID, ContactID: rest.RefOf(p.ID), ContactName: p.Name, Text: rest.Map(p.Title, showPiece), Identities: c.Identities,
	}
}

func showMessage(m *search.MessageHit) SearchHit {
	out := about("message", &m.About)
	out.ID, out.Seq, out.Direction, out.Kind, out.Author, out.At = rest.IDOf(m.ID), place(m.Seq), m.Direction, m.Kind, m.Author, rest.TimeOrNull(m.At)
	out.Text = rest.Map(m.Snippet, showPiece)
	return out
}

func showFile(f *search.FileHit) SearchHit {
	out := about("file", &f.About)
	out.ID, out.Seq, out.At = rest.IDOf(f.MessageID), place(f.Seq), rest.TimeOrNull(f.At)
	out.Text = rest.Map(f.Title, showPiece)
	a := desk.ShowFile(inbox.File{ID: f.ID, Name: f.Name, Type: f.Type, Size: f.Size})
	out.File = &a
	return out
}

// place is a sequence number; nil before there is one.
func place(seq int64) *int64 {
	if seq == 0 {
		return nil
	}
	return &seq
}
