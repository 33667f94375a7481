package e2e_test

import (
	"path/filepath"
	"sync"
	"testing"
)

// lanes is how many stories are told at once; they mostly wait: for pages, for the seconds in which an answer can be taken back.
const lanes = 3

// stories are told side by side, the longest first, so that the lanes end together.
var stories = []struct {
	name, file string
	// needs opens what the story stands on and names it in settings.
	needs []func(t *testing.T) string
}{
	{"pages", "pages.test.mjs", []func(*testing.T) string{clock, world, office}},
	{"pages-around", "pages-around.test.mjs", []func(*testing.T) string{clock, world, office}},
	{"networks", "networks.test.mjs", []func(*testing.T) string{world}},
	{"newcomer", "story.test.mjs", nil},
	{"rules", "rules.test.mjs", []func(*testing.T) string{clock, office}},
	{"together", "together.test.mjs", nil},
	{"routing", "routing.test.mjs", []func(*testing.T) string{clock}},
	{"mail", "mail.test.mjs", []func(*testing.T) string{office}},
	{"keyboard", "keyboard.test.mjs", nil},
	{"actions", "actions.test.mjs", nil},
	{"outage", "outage.test.mjs", nil},
	{"people", "people.test.mjs", nil},
	{"arabic", "arabic.test.mjs", nil},
}

// TestStories tells every story that goes by no figure; one alone by its name, as in -run TestStories/mail.
func TestStories(t *testing.T) {
	queue := make(chan int, len(stories))
	for at := range stories {
		queue <- at
	}
	close(queue)
	var told sync.WaitGroup
	for range lanes {
		told.Go(func() {
			// Not t.Parallel: it lets those that wait in by no order.
			for at := range queue {
				t.Run(stories[at].name, func(t *testing.T) {
					var settings []string
					for _, need := range stories[at].needs {
						settings = append(settings, need(t))
					}
					tell(t, stories[at].file, settings...)
				})
			}
		})
	}
	told.Wait()
}

// clock is a file by which a story moves its program's clock.
func clock(t *testing.T) string { return clockSetting + filepath.Join(t.TempDir(), "ahead") }

// world is the networks and the people on them.
func world(t *testing.T) string { return "WORLD=" + openWorld(t).URL }

// office is a mailbox and where its mails go.
func office(t *testing.T) string { return "POST_OFFICE=" + openPostOffice(t).URL }
