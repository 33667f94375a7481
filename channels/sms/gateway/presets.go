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

// Preset returns the description of a known gateway.
func Preset(name string) (Description, error) {
	data, err := presets.ReadFile("presets/" + name + ".json")
	if err != nil {
		return Description{}, fmt.Errorf("find preset: %w", err)
	}
	return Parse(data)
}
