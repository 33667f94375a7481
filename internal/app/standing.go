package app

import (
	"parley/accounts"
	"parley/channels"
	"parley/inbox"
)

// standing tells the inbox which accounts are at work. A paused one that was archived is archived.
func standing(s *accounts.Supervisor) inbox.StandingOf {
	return func(id channels.AccountID) inbox.Standing {
		a, _, _ := s.Find(id)
		switch {
		case a.Archived:
			return inbox.AccountArchived
		case a.Paused:
			return inbox.AccountPaused
		}
		return ""
	}
}
