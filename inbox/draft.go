package inbox

import (
	"context"
	"strings"

	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/internal/fault"
)

// GetDraft returns the viewer's draft in a conversation; without one it is empty and
// its version 0.
func (s *Service) GetDraft(ctx context.Context, v actor.Viewer, c ConversationID) (Draft, error) {
	if _, err := s.Get(ctx, v, c); err != nil {
		return Draft{}, err
	}
	d, _, err := s.store.Draft(ctx, AgentID(v.AgentID), c)
	return d, err
}

// PutDraft stores the viewer's draft; where one is stored its version must be that one's.
func (s *Service) PutDraft(ctx context.Context, v actor.Viewer, c ConversationID, d Draft) (Draft, error) {
	if v.AgentID == 0 {
		return d, errNeedAgent
	}
	if _, err := s.Get(ctx, v, c); err != nil {
		return d, err
	}
	for field, value := range map[string]string{"text": d.Text, "html": d.HTML, "mail": d.Head} {
		if len(value) > 1<<20 {
			return d, fault.InvalidField(field, "too_long", fault.T("Черновик не больше мегабайта.", "A draft holds at most a megabyte."))
		}
	}
	d.Text, d.HTML, d.Head, d.UpdatedAt = contact.Storable(d.Text), contact.Storable(d.HTML), contact.Storable(d.Head), s.time()
	err := s.store.Write(ctx, func(ctx context.Context) error {
		version, ok, err := s.store.PutDraft(ctx, AgentID(v.AgentID), c, d)
		if err != nil || !ok {
			return orMissing(err, ErrDraftStale)
		}
		d.Version = version
		return nil
	})
	return d, err
}

// DeleteDraft throws the viewer's draft away.
func (s *Service) DeleteDraft(ctx context.Context, v actor.Viewer, c ConversationID) error {
	if _, err := s.Get(ctx, v, c); err != nil {
		return err
	}
	return s.store.Write(ctx, func(ctx context.Context) error {
		return s.store.DeleteDraft(ctx, AgentID(v.AgentID), c)
	})
}

// ListLabels returns all labels by name.
func (s *Service) ListLabels(ctx context.Context) ([]Label, error) { return s.store.Labels(ctx) }

// SaveLabel adds a label (ID 0) or changes one.
func (s *Service) SaveLabel(ctx context.Context, l Label) (Label, error) {
	l.Name = strings.TrimSpace(contact.Storable(l.Name))
	var bad fault.Collector
	if l.Name == "" || len([]rune(l.Name)) > 50 {
		bad.Add("name", "length", fault.T("Название от 1 до 50 знаков.", "A name of 1 to 50 characters."))
	}
	if l.Color != "" && !isColor(l.Color) {
		bad.Add("color", "format", fault.T("Цвет вида #1a2b3c.", "A colour like #1a2b3c."))
	}
	if err := bad.Err(); err != nil {
		return l, err
	}
	if l.ID == 0 {
		ids, err := s.store.NextIDs(ctx, 1)
		if err != nil {
			return l, err
		}
		l.ID, l.CreatedAt = LabelID(ids[0]), s.time()
	}
	err := s.store.Write(ctx, func(ctx context.Context) error {
		taken, err := s.store.PutLabel(ctx, l)
		if err == nil && taken {
			err = fault.InvalidField("name", "taken", fault.T("Метка с таким названием уже есть.", "A label with this name exists already."))
		}
		return err
	})
	return l, err
}

// DeleteLabel removes a label from the installation and from all conversations.
func (s *Service) DeleteLabel(ctx context.Context, id LabelID) error {
	return s.store.Write(ctx, func(ctx context.Context) error {
		found, err := s.store.DeleteLabel(ctx, id)
		if err == nil && !found {
			err = ErrNoLabel
		}
		return err
	})
}

func isColor(c string) bool {
	if len(c) != 7 || c[0] != '#' {
		return false
	}
	for _, r := range c[1:] {
		if !strings.ContainsRune("0123456789abcdefABCDEF", r) {
			return false
		}
	}
	return true
}
