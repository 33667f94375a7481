package telegramtest_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"parley/channels/telegram/telegramtest"
)

const token = "7000000001:AAE-secret_of_the_bot-0123456789abcd"

type object = telegramtest.Object

// client installs the independent client where it is not there yet, and returns its folder.
func client(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"node", "npm"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Skipf("%s is not installed: the independent client does not run", name)
		}
	}
	if _, err := os.Stat(filepath.Join("client", "node_modules", "grammy")); err == nil {
		return "client"
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	install := exec.CommandContext(ctx, "npm", "ci", "--no-audit", "--no-fund")
	install.Dir = "client"
	if out, err := install.CombinedOutput(); err != nil {
		t.Fatalf("npm ci: %v\n%s", err, out)
	}
	return "client"
}

// checked serves a Bot API whose both sides are held against the published schema, where that is at hand.
func checked(t *testing.T) (*telegramtest.Bot, string) {
	t.Helper()
	api := telegramtest.New()
	bot := api.AddBot(token, "grammy_bot")
	server := httptest.NewServer(api)
	t.Cleanup(func() { server.CloseClientConnections(); server.Close() })
	schema, err := telegramtest.ReadSchema(schemaFile)
	if errors.Is(err, os.ErrNotExist) {
		return bot, server.URL
	}
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	report := func(err error) {
		mu.Lock()
		defer mu.Unlock()
		if err != nil {
			t.Error(err)
		}
	}
	api.Observe(func(x telegramtest.Exchange) {
		report(schema.Call(x.Method, x.Params))
		report(schema.Answer(x.Method, x.Answer))
		if x.Status != http.StatusOK {
			t.Errorf("%s was refused: %s", x.Method, x.Answer)
		}
	})
	bot.OnUpdate(func(u []byte) { report(schema.Update(u)) })
	return bot, server.URL
}

// TestIndependentClient drives the server by grammY: what an unrelated library sends is understood, and what
// the server answers is understood by it.
func TestIndependentClient(t *testing.T) {
	dir := client(t)
	bot, address := checked(t)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	var said bytes.Buffer
	run := exec.CommandContext(ctx, "node", "bot.mjs", address, token)
	run.Dir, run.Stdout, run.Stderr = dir, &said, &said
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	until := func(what string, cond func() bool) {
		t.Helper()
		if !bot.Wait(ctx, cond) {
			cancel()
			_ = run.Wait() // it was stopped
			t.Fatalf("waited in vain: %s\n%s", what, said.String())
		}
	}
	until("the first poll", bot.Listening)

	anna := bot.Person(42, "Anna", "Ivanova")
	asked := bot.Say(anna, 42, object{"text": "hello 👋"})
	until("the echo", func() bool { return field(bot, asked+1, "text") == "echo: hello 👋" })
	echo := bot.Message(42, asked+1)
	if r, _ := echo["reply_to_message"].(object); r["message_id"] != asked {
		t.Errorf("the echo answers %v", r)
	}
	bot.Press(anna, 42, asked+1, "again")
	until("the edited text", func() bool { return field(bot, asked+1, "text") == "pressed: again" })

	bot.React(anna, 42, asked, "👍")
	until("the reaction", func() bool { return bot.Reaction(42, asked) == "👌" })

	bot.Change(42, asked, object{"text": "hello!"})
	until("the answer to the edit", func() bool { return field(bot, asked+2, "text") == "edited: hello!" })

	m := bot.Attachment("document", "plan.txt", []byte("twelve bytes"))
	bot.Say(anna, 42, m)
	until("the copy", func() bool { return field(bot, asked+4, "caption") == "12 bytes" })

	bot.Say(anna, 42, object{"text": "album"})
	until("the album", func() bool {
		return bot.Message(42, asked+6) != nil && bot.Message(42, asked+7) != nil && field(bot, asked+6, "media_group_id") == field(bot, asked+7, "media_group_id")
	})

	connection := bot.Connect(bot.Person(7, "Olga", ""), "conn1")
	bot.Say(anna, 42, object{"text": "to the owner", "business_connection_id": connection})
	until("the business's answer", func() bool { return field(bot, asked+9, "business_connection_id") == "conn1" })

	if err := run.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := run.Wait(); err != nil {
		t.Errorf("the client ended with %v\n%s", err, said.String())
	}
	var methods []string
	for _, c := range bot.Calls() {
		if !slices.Contains(methods, c.Method) {
			methods = append(methods, c.Method)
		}
	}
	t.Logf("grammY called %v", methods)
}

func field(bot *telegramtest.Bot, id int64, name string) string {
	text, _ := bot.Message(42, id)[name].(string)
	return text
}
