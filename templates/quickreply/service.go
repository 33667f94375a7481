package quickreply

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"parley/inbox/actor"
	"parley/internal/fault"
	"parley/templates/wording"
)

// Bounds of what is written down, in runes.
const (
	maxShortcut = 40
	maxName     = 200
	maxFolder   = 100
	maxFiles    = 10
)

var languageTag = regexp.MustCompile(`^[a-z]{2,3}(-[a-z0-9]{2,8})?$`)

// Service keeps and fills in quick replies. Safe for concurrent use.
type Service struct {
	store Store
	now   func() time.Time
}

// New returns a Service.
func New(store Store, now func() time.Time) *Service { return &Service{store: store, now: now} }

// Get returns one that the viewer may see.
func (s *Service) Get(ctx context.Context, v actor.Viewer, id ID) (Reply, error) {
	r, found, err := s.store.QuickReply(ctx, v, id)
	if err != nil {
		return r, fmt.Errorf("read quick reply: %w", err)
	}
	if !found {
		return r, ErrNone
	}
	return r, nil
}

// Save adds a reply (ID 0), which is its maker's, or changes one; files are the whole of its files, or nil for
// those it has. The caller has checked that the viewer may.
func (s *Service) Save(ctx context.Context, v actor.Viewer, r Reply, files *[]int64) (Reply, error) {
	if err := s.check(ctx, v, &r, files); err != nil {
		return r, err
	}
	fresh := r.ID == 0
	err := s.store.Write(ctx, func(ctx context.Context) error {
		if fresh {
			ids, err := s.store.NextIDs(ctx, 1)
			if err != nil {
				return err
			}
			r.ID, r.CreatedAt, r.Owner = ID(ids[0]), s.time(), v.AgentID
		}
		r.UpdatedAt = s.time()
		put, err := s.store.PutQuickReply(ctx, &r)
		switch {
		case err != nil:
			return err
		case put == Taken:
			return fault.InvalidField("shortcut", "taken", fault.T("Сокращение «"+r.Shortcut+"» здесь уже занято.", "The shortcut “"+r.Shortcut+"” is already taken here."))
		case put == Full:
			return ErrFull
		case files == nil:
			return nil
		}
		ok, err := s.store.PutQuickFiles(ctx, v, r.ID, *files)
		if err == nil && !ok {
			err = fault.InvalidField("attachments", "unknown", fault.T("Файл не найден или уже занят. Загрузите его снова.", "A file is not there, or taken already. Upload it again."))
		}
		return err
	})
	if err != nil {
		return r, fmt.Errorf("save quick reply: %w", err)
	}
	return s.Get(ctx, v, r.ID)
}

// check tidies a reply and refuses what is wrong with it.
func (s *Service) check(ctx context.Context, v actor.Viewer, r *Reply, files *[]int64) error {
	var bad fault.Collector
	r.Shortcut = strings.TrimLeft(strings.TrimSpace(r.Shortcut), "/")
	r.Name, r.Folder = strings.TrimSpace(r.Name), strings.TrimSpace(r.Folder)
	r.Text, r.Language = strings.TrimSpace(r.Text), strings.ToLower(strings.TrimSpace(r.Language))
	if r.Name == "" {
		r.Name = r.Shortcut
	}
	switch {
	case r.Name == "":
		bad.Add("name", "required", fault.T("Дайте ответу имя или сокращение.", "Give the reply a name or a shortcut."))
	case utf8.RuneCountInString(r.Name) > maxName:
		bad.Add("name", "too_long", fault.T("Имя не длиннее 200 знаков.", "A name has at most 200 characters."))
	}
	if utf8.RuneCountInString(r.Shortcut) > maxShortcut || strings.ContainsAny(r.Shortcut, "/ \t\r\n\u00a0") {
		bad.Add("shortcut", "format", fault.T("Сокращение — одно слово до 40 знаков.", "A shortcut is one word of at most 40 characters."))
	}
	if utf8.RuneCountInString(r.Folder) > maxFolder {
		bad.Add("folder", "too_long", fault.T("Название папки не длиннее 100 знаков.", "A folder's name has at most 100 characters."))
	}
	if r.Language != "" && !languageTag.MatchString(r.Language) {
		bad.Add("language", "format", fault.T("Язык пишется так: ru, en, pt-br.", "A language is written like this: ru, en, pt-br."))
	}
	if files != nil && len(*files) > maxFiles {
		bad.Add("attachments", "too_many", fault.T("Файлов не больше 10.", "At most 10 files."))
	}
	wording.Check(&bad, "text", r.Text, Variables())
	if err := s.checkScope(ctx, v, r, &bad); err != nil {
		return err
	}
	return bad.Err()
}

func (s *Service) checkScope(ctx context.Context, v actor.Viewer, r *Reply, bad *fault.Collector) error {
	switch r.Scope {
	case All:
		r.Team = 0
	case Mine:
		r.Team, r.Owner = 0, v.AgentID
		if v.AgentID == 0 {
			bad.Add("scope", "person", fault.T("У ключа нет своих ответов: выберите team или all.", "A key has no replies of its own: choose team or all."))
		}
	case Team:
		if r.Team == 0 {
			bad.Add("team_id", "required", fault.T("Укажите группу.", "Say which team."))
			return nil
		}
		there, err := s.store.TeamThere(ctx, r.Team)
		if err != nil {
			return fmt.Errorf("look team up: %w", err)
		}
		if !there {
			bad.Add("team_id", "gone", fault.T("Такой группы больше нет.", "There is no such team any more."))
		} else if v.Scope != actor.All && !slices.Contains(v.Teams, r.Team) {
			bad.Add("team_id", "not_yours", fault.T("Вы не в этой группе.", "You are not in this team."))
		}
	default:
		bad.Add("scope", "choice", fault.T("Возможны: mine, team, all.", "One of: mine, team, all."))
	}
	return nil
}

// Delete removes a reply that the viewer sees.
func (s *Service) Delete(ctx context.Context, v actor.Viewer, id ID) error {
	if _, err := s.Get(ctx, v, id); err != nil {
		return err
	}
	err := s.store.Write(ctx, func(ctx context.Context) error { return s.store.DeleteQuickReply(ctx, id) })
	if err != nil {
		return fmt.Errorf("delete quick reply: %w", err)
	}
	return nil
}

// Used counts that a message was sent with replies. What the viewer does not see is not counted.
func (s *Service) Used(ctx context.Context, v actor.Viewer, ids []ID) error {
	if len(ids) == 0 {
		return nil
	}
	ids = slices.Clone(ids)
	slices.Sort(ids)
	ids = slices.Compact(ids)
	err := s.store.Write(ctx, func(ctx context.Context) error { return s.store.UseQuickReplies(ctx, v, ids, s.time()) })
	if err != nil {
		return fmt.Errorf("count quick replies: %w", err)
	}
	return nil
}

func (s *Service) time() time.Time { return s.now().UTC().Truncate(time.Microsecond) }
