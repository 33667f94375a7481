package desk

import (
	"context"
	"net/http"
	"time"

	"parley/inbox/contact"
	"parley/web/rest"
)

func (d *Desk) declareMerges(api *rest.API) {
	read, write := rest.Read("contacts"), rest.Write("contacts")
	rest.Add(api, rest.Op{ID: "merge-contact", Method: http.MethodPost, Path: "/contacts/{id}/merge", Need: write, Summary: "Make another contact part of this one"}, d.mergeContact)
	rest.Add(api, rest.Op{ID: "unmerge-contact", Method: http.MethodPost, Path: "/contacts/unmerge", Need: write, Summary: "Take a merge of contacts back"}, d.unmergeContact)
	rest.Add(api, rest.Op{ID: "list-contact-merges", Method: http.MethodGet, Path: "/contacts/{id}/merges", Need: read, Summary: "List the contacts that became part of this one"}, d.listMerges)
	rest.Add(api, rest.Op{ID: "list-contact-duplicates", Method: http.MethodGet, Path: "/contacts/{id}/duplicates", Need: read, Summary: "List contacts that may be the same person"}, d.listDuplicatesOf)
}

type mergeContact struct {
	ByID
	Body struct {
		ContactID rest.ID `json:"contact_id" doc:"Who goes into the one that the address names."`
	}
}

// Merged names a merge, for taking it back.
type Merged struct {
	MergeID rest.ID `json:"merge_id"`
}

func (d *Desk) mergeContact(ctx context.Context, who rest.Caller, in *mergeContact) (*rest.Body[Merged], error) {
	id, err := d.contacts.Merge(ctx, who.Viewer, rest.Num[contact.ID](in.ID), rest.Num[contact.ID](in.Body.ContactID))
	if err != nil {
		return nil, err
	}
	return rest.Reply(Merged{MergeID: rest.IDOf(id)}), nil
}

type unmergeContact struct {
	Body struct {
		MergeID rest.ID `json:"merge_id"`
	}
}

func (d *Desk) unmergeContact(ctx context.Context, who rest.Caller, in *unmergeContact) (*rest.Body[ContactMerge], error) {
	m, err := d.contacts.Unmerge(ctx, who.Viewer, rest.Num[contact.MergeID](in.Body.MergeID))
	if err != nil {
		return nil, err
	}
	return rest.Reply(showMerge(m)), nil
}

// ContactMerge is two contacts that were made one, as callers see it.
type ContactMerge struct {
	ID       rest.ID   `json:"id"`
	KeptID   rest.ID   `json:"kept_id"`
	GoneID   rest.ID   `json:"gone_id"`
	GoneName string    `json:"gone_name"`
	ByName   string    `json:"by_name" doc:"Of the agent who did it; empty where a program did."`
	At       time.Time `json:"at"`
}

func showMerge(m contact.Merge) ContactMerge {
	return ContactMerge{ID: rest.IDOf(m.ID), KeptID: rest.IDOf(m.Kept), GoneID: rest.IDOf(m.Gone), GoneName: m.GoneName, ByName: m.CauseName, At: rest.Time(m.At)}
}

func (d *Desk) listMerges(ctx context.Context, who rest.Caller, in *ByID) (*rest.Body[rest.Page[ContactMerge]], error) {
	list, err := d.contacts.Merges(ctx, who.Viewer, rest.Num[contact.ID](in.ID))
	if err != nil {
		return nil, err
	}
	return rest.List(list, "", showMerge), nil
}

// DuplicateContact is a contact that may be the same person, and why.
type DuplicateContact struct {
	Contact   Contact         `json:"contact"`
	SameName  bool            `json:"same_name"`
	Addresses []SharedAddress `json:"addresses" doc:"That both have, typed by somebody in at least one of them."`
}

// SharedAddress is an address that two contacts have.
type SharedAddress struct {
	Scope   string `json:"scope"`
	Address string `json:"address"`
}

func (d *Desk) listDuplicatesOf(ctx context.Context, who rest.Caller, in *ByID) (*rest.Body[rest.Page[DuplicateContact]], error) {
	list, err := d.contacts.Duplicates(ctx, who.Viewer, rest.Num[contact.ID](in.ID))
	if err != nil {
		return nil, err
	}
	return rest.List(list, "", showDuplicate), nil
}

func showDuplicate(x contact.Duplicate) DuplicateContact {
	return DuplicateContact{Contact: ShowContact(x.Contact), SameName: x.Name, Addresses: rest.Map(x.Shared, showShared)}
}
