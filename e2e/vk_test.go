package e2e_test

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"parley/channels/vk/vktest"
)

// The community and the person who writes to it.
const (
	community = 224466
	vera      = 1001
)

// vkSide is VK with one community, which asks for its events itself.
type vkSide struct{ api *vktest.Server }

// vkToken opens the community.
const vkToken = "vk1.a.token-of-the-community"

func openVK(t *testing.T) network {
	api := vktest.Start(vktest.Options{Token: vkToken, Group: community})
	t.Cleanup(api.Close)
	api.Person(vera, "Vera", "Kim")
	return &vkSide{api}
}

func (s *vkSide) config() map[string]string {
	return map[string]string{"token": vkToken, "group_id": strconv.Itoa(community), "base_url": s.api.BaseURL()}
}

func (s *vkSide) calls(string) error { return nil }

func (s *vkSide) write(text string, picture []byte) error {
	more := vktest.Extra{}
	if picture != nil {
		more["attachments"] = []any{s.api.Photo(picture)}
	}
	s.api.Write(vera, vera, text, more)
	return nil
}

// press writes the label with what the button carries: that is what a press is where the kind is "text".
func (s *vkSide) press(label string) error {
	for _, m := range s.api.Shown(vera) {
		for _, k := range keysOf(m.Keyboard) {
			if k.Label == label {
				s.api.Write(vera, vera, label, vktest.Extra{"payload": k.Payload})
				return nil
			}
		}
	}
	return fmt.Errorf("press %q: %w", label, errNoButton)
}

func (s *vkSide) got() []arrival {
	list := []arrival{}
	for _, m := range s.api.Shown(vera) {
		if !m.Out {
			continue
		}
		a := arrival{Text: m.Text}
		for _, at := range m.Attachments {
			if strings.HasPrefix(at, "photo") {
				a.Pictures++
			}
		}
		for _, k := range keysOf(m.Keyboard) {
			a.Buttons = append(a.Buttons, k.Label)
		}
		list = append(list, a)
	}
	return list
}

// vkKey is what a button of VK does.
type vkKey struct {
	Label   string `json:"label"`
	Payload string `json:"payload"`
}

// keysOf reads the buttons of a keyboard, nil of none.
func keysOf(keyboard string) (list []vkKey) {
	var k struct {
		Buttons [][]struct {
			Action vkKey `json:"action"`
		} `json:"buttons"`
	}
	if json.Unmarshal([]byte(keyboard), &k) != nil {
		return nil
	}
	for _, row := range k.Buttons {
		for _, b := range row {
			list = append(list, b.Action)
		}
	}
	return list
}
