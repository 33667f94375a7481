package telegramtest_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"parley/channels/telegram/telegramtest"
)

// schemaFile is where the published schema lies beside the repository.
var schemaFile = filepath.Join("..", "..", "..", "..", "shared", "schemas", "telegram", "api.json")

func TestSchemaRefuses(t *testing.T) {
	t.Parallel()
	schema, err := telegramtest.ReadSchema(schemaFile)
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("the published schema is not beside the repository: ../shared/schemas/telegram/api.json")
	}
	if err != nil {
		t.Fatal(err)
	}
	call := func(method string, pairs ...string) error {
		p := telegramtest.Params{Text: map[string]string{}}
		for i := 0; i < len(pairs); i += 2 {
			p.Text[pairs[i]] = pairs[i+1]
		}
		return schema.Call(method, p)
	}
	const message = `"message_id":1,"date":1,"chat":{"id":1,"type":"private"}`
	for name, c := range map[string]struct {
		err  error
		good bool
	}{
		"a call":               {call("sendMessage", "chat_id", "1", "text", "x", "entities", `[{"type":"bold","offset":0,"length":1}]`), true},
		"no such method":       {call("sendMassage"), false},
		"no such parameter":    {call("sendMessage", "chat_id", "1", "text", "x", "colour", "red"), false},
		"a parameter missing":  {call("sendMessage", "chat_id", "1"), false},
		"an entity incomplete": {call("sendMessage", "chat_id", "1", "text", "x", "entities", `[{"type":"bold"}]`), false},
		"a number in words":    {call("deleteMessage", "chat_id", "1", "message_id", "one"), false},
		"an answer":            {schema.Answer("sendMessage", []byte(`{"ok":true,"result":{`+message+`}}`)), true},
		"another type":         {schema.Answer("sendMessage", []byte(`{"ok":true,"result":true}`)), false},
		"a refusal":            {schema.Answer("sendMessage", []byte(`{"ok":false,"error_code":400,"description":"x"}`)), true},
		"a refusal in silence": {schema.Answer("sendMessage", []byte(`{"ok":false}`)), false},
		"an update":            {schema.Update([]byte(`{"update_id":1,"message":{` + message + `,"text":"x"}}`)), true},
		"an unknown field":     {schema.Update([]byte(`{"update_id":1,"message":{` + message + `,"txt":"x"}}`)), false},
		"a chat without type":  {schema.Update([]byte(`{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":1}}}`)), false},
		"half a number":        {schema.Update([]byte(`{"update_id":1.5}`)), false},
	} {
		if (c.err == nil) != c.good {
			t.Errorf("%s: %v", name, c.err)
		}
	}
}
