package pipeline

import (
	"fmt"

	"parley/inbox/contact"
	"parley/internal/fault"
)

// CampaignOf returns the campaign that UTM marks name, "" where they name none. Sites send the
// marks with their prefix or without.
func CampaignOf(utm map[string]string) string {
	for _, name := range []string{"campaign", "utm_campaign"} {
		if c := utm[name]; c != "" {
			return firstRunes(contact.Storable(c), maxText)
		}
	}
	return ""
}

func firstRunes(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

func checkScore(bad *fault.Collector, score *int) {
	if score != nil && (*score < 0 || *score > MaxScore) {
		bad.Add("score", "range", fault.T("Оценка от 0 до 100.", "A score of 0 to 100."))
	}
}

// tidyUTM makes marks storable and drops empty ones.
func tidyUTM(bad *fault.Collector, marks map[string]string) map[string]string {
	if len(marks) > maxUTM {
		bad.Add("utm", "too_many", fault.T("Не больше 20 меток.", "At most 20 marks."))
		return nil
	}
	out := map[string]string{}
	for name, value := range marks {
		line(bad, fmt.Sprintf("utm.%s", name), &value)
		if line(bad, "utm", &name); name != "" && value != "" {
			out[name] = value
		}
	}
	return out
}
