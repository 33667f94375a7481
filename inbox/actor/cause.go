package actor

// Kind says what sort of actor caused a change.
type Kind string

// The causes of changes.
const (
	Agent   Kind = "agent"
	API     Kind = "api" // a key without a person behind it
	Visitor Kind = "visitor"
	Trigger Kind = "trigger"
	Bot     Kind = "bot"
	Mailing Kind = "mailing"
	Clock   Kind = "clock"
	Import  Kind = "import"
	Rule    Kind = "rule"    // a rule of intake that rejects what arrives
	Network Kind = "network" // an echo: our side, but not through Parley
)

// Cause is why something changed. Depth counts how many automatic causes led here;
// a person's act has depth 0. It is how loops end.
type Cause struct {
	Kind  Kind
	ID    int64
	Depth int
}
