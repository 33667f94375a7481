package webchat

import (
	"errors"

	"parley/internal/origins"
)

// Sites are the origins that may embed the chat. Empty means any.
type Sites = origins.Sites

func parseSites(entries []string) (Sites, error) {
	sites, err := origins.Parse(entries)
	switch {
	case errors.Is(err, origins.ErrTooMany):
		return nil, wrong("sites", "Не больше 100 сайтов.", "At most 100 sites.")
	case err != nil:
		return nil, wrong("sites", "Пишите адреса сайтов как shop.ru, *.shop.ru или https://shop.ru.", "Write sites as shop.com, *.shop.com or https://shop.com.")
	}
	return sites, nil
}
