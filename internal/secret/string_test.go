package secret_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"parley/internal/secret"
)

func TestStringIsNeverShown(t *testing.T) {
	t.Parallel()
	type public struct{ Password secret.String }
	type private struct{ password secret.String }
	s := secret.Hide("hunter2")

	var log bytes.Buffer
	for _, l := range []*slog.Logger{slog.New(slog.NewJSONHandler(&log, nil)), slog.New(slog.NewTextHandler(&log, nil))} {
		l.Info("config", "password", s, "config", public{s}, "list", []any{s})
	}
	shown := []string{log.String()}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d", "%T"} {
		for _, v := range []any{s, &s, public{s}, &public{s}, private{s}, []secret.String{s}, map[string]secret.String{"a": s}} {
			shown = append(shown, fmt.Sprintf(verb, v))
		}
	}
	for _, v := range []any{s, &s, public{s}, map[string]any{"a": s}, map[secret.String]int{s: 1}} {
		j, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		shown = append(shown, string(j))
	}
	for _, out := range shown {
		if strings.Contains(out, "hunter2") || strings.Contains(out, "68756e74657232") {
			t.Errorf("shown: %s", out)
		}
	}
	if got := fmt.Sprint(s); got != secret.Mask {
		t.Errorf("Sprint = %q", got)
	}
}

func TestStringJSON(t *testing.T) {
	t.Parallel()
	var v struct {
		Token secret.String `json:"token,omitzero"`
	}
	if err := json.Unmarshal([]byte(`{"token":"hunter2"}`), &v); err != nil {
		t.Fatal(err)
	}
	if v.Token.Reveal() != "hunter2" || v.Token.Empty() || v.Token.Unchanged() {
		t.Errorf("read %q", v.Token.Reveal())
	}
	if j, _ := json.Marshal(v); string(j) != `{"token":"`+secret.Mask+`"}` {
		t.Errorf("wrote %s", j)
	}
	if err := json.Unmarshal([]byte(`{"token":"`+secret.Mask+`"}`), &v); err != nil || !v.Token.Unchanged() {
		t.Errorf("mask not recognised: %v", err)
	}
	if err := json.Unmarshal([]byte(`{"token":""}`), &v); err != nil || !v.Token.Empty() {
		t.Errorf("empty not recognised: %v", err)
	}
	if j, _ := json.Marshal(v); string(j) != `{}` {
		t.Errorf("empty wrote %s", j)
	}
	if err := json.Unmarshal([]byte(`{"token":12345678}`), &v); err == nil || strings.Contains(err.Error(), "12345678") {
		t.Errorf("number: %v", err)
	}
}

func TestStringEqual(t *testing.T) {
	t.Parallel()
	if !secret.Hide("a").Equal(secret.Hide("a")) || secret.Hide("a").Equal(secret.Hide("b")) || !secret.Hide("").Equal(secret.String{}) {
		t.Error("Equal is wrong")
	}
}
