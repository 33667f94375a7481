package assign

import (
	"context"
	"log/slog"
	"slices"
	"strconv"
	"sync/atomic"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/fault"
)

// Options of a Service. Store, Desk and Now are needed.
type Options struct {
	Store Store
	Desk  Desk
	Now   func() time.Time
	// Right tells whether that clock can be believed; while it cannot, nothing is handed out or passed on. nil is always.
	Right func() bool
	Log   *slog.Logger
	// Rights is called when somebody's rights have changed, Present when somebody is
	// there in another way than before.
	Rights  func()
	Present func(agent int64)
	// Attending returns which agents have a page open on this node.
	Attending func() []int64
}

// Service hands conversations out. Safe for concurrent use.
type Service struct {
	store   Store
	desk    Desk
	now     func() time.Time
	right   func() bool
	log     *slog.Logger
	rights  func()
	present func(int64)
	// attending is as in Options, and beat is when what it says was noted last; only the
	// waker's loop looks at it.
	attending func() []int64
	beat      time.Time

	stirred atomic.Bool // something to hand out may have come since somebody asked
	quiet   atomic.Bool // no team handed out at the last look, so that nothing needs one
	offered known
}

// New makes a Service.
func New(o Options) *Service {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Right == nil {
		o.Right = func() bool { return true }
	}
	if o.Rights == nil {
		o.Rights = func() {}
	}
	if o.Present == nil {
		o.Present = func(int64) {}
	}
	if o.Attending == nil {
		o.Attending = func() []int64 { return nil }
	}
	return &Service{store: o.Store, desk: o.Desk, now: o.Now, right: o.Right, log: o.Log, rights: o.Rights, present: o.Present, attending: o.Attending}
}

func (s *Service) time() time.Time { return s.now().UTC().Truncate(time.Microsecond) }

// Listen notes that there may be something to hand out. It is called before every save,
// and while no team hands out it costs a look at a flag.
func (s *Service) Listen(ch *inbox.Changes) {
	if !s.quiet.Load() && stirs(ch) {
		s.stirred.Store(true)
	}
}

// stirs tells whether a change makes a conversation wait, or may leave room for another.
func stirs(ch *inbox.Changes) bool {
	return slices.ContainsFunc(ch.Conversations, waits) || slices.ContainsFunc(ch.Timeline, func(e inbox.Entry) bool {
		return e.Type == "status" || e.Type == "assignment" || e.Type == "team" || e.Type == "merge" || e.Type == "spam" || e.Type == "split"
	})
}

// waits tells whether a conversation may be handed out, if its team does so.
func waits(c *inbox.Conversation) bool {
	return c.Unanswered && c.Status == inbox.Open && c.TeamID != 0 && c.AssigneeID == 0
}

// Stirred tells whether there may be more to hand out than when it was asked last, so
// that a look after the commit is worth it.
func (s *Service) Stirred() bool { return s.stirred.Swap(false) }

// pace is how long what nobody tells of may wait for a look.
func (s *Service) pace() time.Duration {
	if s.quiet.Load() {
		return slowLook
	}
	return look
}

// byItself is what handing out is put down to.
var byItself = actor.Cause{Kind: actor.Clock}

// tell puts a decision into the timeline: who, why, and who was passed over and why.
func (s *Service) tell(ctx context.Context, ch *inbox.Changes, c inbox.ConversationID, team inbox.TeamID, d Decision, now time.Time) error {
	ids, err := s.store.NextIDs(ctx, 1)
	if err != nil {
		return err
	}
	passed := make([]map[string]any, len(d.Passed))
	for i, p := range d.Passed {
		passed[i] = map[string]any{"agent_id": text(int64(p.Agent)), "reason": p.Reason}
	}
	data := map[string]any{"agent_id": text(int64(d.To)), "team_id": text(int64(team)), "reason": d.Reason, "passed": passed}
	if len(d.Offered) > 0 {
		offered := make([]any, len(d.Offered))
		for i, id := range d.Offered {
			offered[i] = text(int64(id))
		}
		data["offered"] = offered
	}
	ch.Enter(ids[0], c, "routing", byItself, now, data)
	return nil
}

// text renders an id; none is null.
func text(id int64) any {
	if id == 0 {
		return nil
	}
	return strconv.FormatInt(id, 10)
}

// What this room refuses, besides field errors.
var (
	ErrNoConversation = fault.New(fault.NotFound, "conversation_not_found", fault.T("Такого диалога нет или он вам не виден.", "There is no such conversation, or you may not see it."))
	ErrTaken          = fault.New(fault.Conflict, "already_taken", fault.T("Диалог уже взял другой сотрудник.", "Somebody else has taken this conversation already."))
	ErrFull           = fault.New(fault.Conflict, "at_capacity", fault.T("У вас уже столько диалогов, сколько разрешено. Закройте один или отложите.", "You hold as many conversations as you may. Close or snooze one first."))
	ErrNoTeam         = fault.New(fault.NotFound, "team_not_found", fault.T("Такой группы нет.", "There is no such team."))
	ErrNoAbsence      = fault.New(fault.NotFound, "absence_not_found", fault.T("Такого отсутствия нет.", "There is no such absence."))
)

// CheckWeights refuses what is no weight.
func CheckWeights(w Weights) error {
	var bad fault.Collector
	for kind, n := range w {
		if n < 0 || n > 100 || kind == "" || len(kind) > 40 {
			bad.Add("weights."+kind, "range", fault.T("От 0 до 100.", "From 0 to 100."))
		}
	}
	return bad.Err()
}

// Weights returns what channels weigh.
func (s *Service) Weights(ctx context.Context) (Weights, error) { return s.store.Weights(ctx) }

// SetWeights changes what channels weigh.
func (s *Service) SetWeights(ctx context.Context, w Weights) error {
	if err := CheckWeights(w); err != nil {
		return err
	}
	return s.store.SetWeights(ctx, w)
}

// Board shows who is there and how busy.
func (s *Service) Board(ctx context.Context) (*Board, error) { return s.store.Board(ctx, s.time()) }
