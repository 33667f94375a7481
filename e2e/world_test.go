package e2e_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
)

// network is the far side of one account: what an administrator is given there, and a person who writes
// to the account and reads its answers.
type network interface {
	// config is what the administrator enters, by the names of the account's fields.
	config() map[string]string
	// calls tells where events are pushed to, and returns once the network has made sure of the address.
	calls(hook string) error
	// write makes the person send a text, with a picture where there is one.
	write(text string, picture []byte) error
	// press makes the person press the button with a label, below whichever message has it.
	press(label string) error
	// got is what the person has received, in order.
	got() []arrival
}

// errNoButton says that a person looks for a button in vain.
var errNoButton = errors.New("no message has it")

// arrival is a message of ours as the person sees it.
type arrival struct {
	Text     string   `json:"text"`
	Pictures int      `json:"pictures"`
	Buttons  []string `json:"buttons"` // labels, in order
}

// openWorld gives the story every network at once, by HTTP: GET /NAME tells what is entered, PUT /NAME/hook where events go,
// POST /NAME/write and POST /NAME/press make the person act, and GET /NAME/got lists what reached them. Where messages can be
// changed there are POST /NAME/react, /NAME/change and /NAME/age, and GET /NAME/shown is the chat as the person sees it.
func openWorld(t *testing.T) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	for name, n := range map[string]network{
		"telegram": openTelegram(t), "whatsapp": openWhatsApp(t), "vk": openVK(t), "twilio": openTwilio(t), "custom": openCustom(t),
	} {
		mux.HandleFunc("GET /"+name, func(w http.ResponseWriter, _ *http.Request) { tellJSON(t, w, n.config()) })
		mux.HandleFunc("GET /"+name+"/got", func(w http.ResponseWriter, _ *http.Request) { tellJSON(t, w, n.got()) })
		mux.HandleFunc("PUT /"+name+"/hook", order(func(o wish) error { return n.calls(o.Hook) }))
		mux.HandleFunc("POST /"+name+"/write", order(func(o wish) error { return n.write(o.Text, o.Picture) }))
		if n, ok := n.(amendable); ok {
			mux.HandleFunc("GET /"+name+"/shown", func(w http.ResponseWriter, _ *http.Request) { tellJSON(t, w, n.shown()) })
			mux.HandleFunc("POST /"+name+"/react", order(func(o wish) error { return n.react(o.Text, o.Emoji) }))
			mux.HandleFunc("POST /"+name+"/change", order(func(o wish) error { return n.change(o.Text, o.To) }))
			mux.HandleFunc("POST /"+name+"/age", order(func(o wish) error { return n.age(o.Text) }))
		}
		mux.HandleFunc("POST /"+name+"/press", order(func(o wish) error { return n.press(o.Label) }))
	}
	world := httptest.NewServer(mux)
	t.Cleanup(world.Close)
	return world
}

// wish is what the story asks of a network.
type wish struct {
	Hook    string `json:"hook"`
	Text    string `json:"text"`
	Picture []byte `json:"picture"`
	Label   string `json:"label"`
	Emoji   string `json:"emoji"`
	To      string `json:"to"`
}

// order does what is wished, and answers with the reason where that does not work.
func order(do func(wish) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var o wish
		err := json.NewDecoder(r.Body).Decode(&o)
		if err == nil {
			err = do(o)
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusConflict)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	}
}

func tellJSON(t *testing.T, w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(value); err != nil {
		t.Error(err)
	}
}

// serve serves a network until t ends, whatever is still under way there.
func serve(t *testing.T, network http.Handler) string {
	t.Helper()
	server := httptest.NewServer(network)
	t.Cleanup(func() { server.CloseClientConnections(); server.Close() })
	return server.URL
}
