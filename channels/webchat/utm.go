package webchat

import (
	"maps"
	"slices"
)

// tidyUTM bounds what a page says of the campaign that a visitor came by. When there
// is too much, the first in the order of the alphabet are kept.
func tidyUTM(utm map[string]string) map[string]string {
	var kept map[string]string
	for _, key := range slices.Sorted(maps.Keys(utm)) {
		name, value := cut(tidy(key), maxUTMKey), cut(tidy(utm[key]), maxUTM)
		if name == "" || value == "" {
			continue
		}
		if len(kept) == maxUTMs {
			break
		}
		if kept == nil {
			kept = map[string]string{}
		}
		kept[name] = value
	}
	return kept
}
