package gateway

import (
	"embed"
	"fmt"
	"strings"
)

//go:embed presets/*.json
var presets embed.FS

// Presets names the gateways that are known, in the order of the alphabet.
func Presets() []string {
	entries, err := presets.ReadDir("presets")
	if err != nil {
		return nil // it is embedded
	}
	var names []string
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), ".json"))
	}
	return names
}

// Known is a gateway that is known.
type Known struct {
	Name  string // of the preset
	Title string // what people call it
	Login bool   // it wants a login beside the password or key
}

// All lists the gateways that are known, those of Russia first. It says again what the presets say, so that
// none is read before it is used.
func All() []Known {
	return []Known{
		{Name: "smsc", Title: "SMSC.ru", Login: true},
		{Name: "smsru", Title: "SMS.ru"},
		{Name: "smsaero", Title: "SMS Aero", Login: true},
		{Name: "exolve", Title: "MTS Exolve"},
		{Name: "infobip", Title: "Infobip"},
		{Name: "46elks", Title: "46elks", Login: true},
	}
}

// Preset returns the description of a known gateway.
func Preset(name string) (Description, error) {
	data, err := presets.ReadFile("presets/" + name + ".json")
	if err != nil {
		return Description{}, fmt.Errorf("find preset: %w", err)
	}
	return Parse(data)
}
