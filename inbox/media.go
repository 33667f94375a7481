package inbox

import (
	"fmt"
	"time"

	"parley/channels"
)

// JobFetchMedia is the kind of job that fetches what a message announced.
const JobFetchMedia = "fetch_media"

// MediaState is how far an announced file is.
type MediaState string

// The states of an announced file. Done is an attachment like any other.
const (
	MediaWaiting MediaState = "waiting"
	MediaDone    MediaState = "done"
	MediaGone    MediaState = "gone"
)

// Media is a file that a message announced and that lies, or lay, with the network.
type Media struct {
	channels.Media
	State  MediaState
	FileID FileID // once it is done
	Tries  int64
	Error  channels.Words // why it is gone
}

// MediaRow is an announced file in its place.
type MediaRow struct {
	MessageID MessageID
	Position  int64
	Media
}

// Attached is a file that joins a message which exists already.
type Attached struct {
	MessageID MessageID
	Position  int
	File      File
}

// Announce adds a file to a message that is to be fetched later, or never if it is gone.
func (ch *Changes) Announce(m *Message, media Media, now time.Time) {
	ch.Media = append(ch.Media, MediaRow{MessageID: m.ID, Position: int64(len(m.Media)), Media: media})
	m.Media = append(m.Media, media)
	if media.State != MediaWaiting {
		return
	}
	f := FetchFollowUp(m.ID, now)
	for _, have := range ch.FollowUps {
		if have.Key == f.Key {
			return
		}
	}
	ch.FollowUps = append(ch.FollowUps, f)
}

// FetchFollowUp is the job that fetches the files of a message. Jobs of one message run
// one at a time.
func FetchFollowUp(id MessageID, due time.Time) FollowUp {
	return FollowUp{Kind: JobFetchMedia, Key: fmt.Sprintf("media:%d", id), Payload: fmt.Sprint(id), Due: due}
}

// Missing are the announced files that are not attachments yet.
func (m *Message) Missing() []Media {
	var out []Media
	for _, x := range m.Media {
		if x.State != MediaDone {
			out = append(out, x)
		}
	}
	return out
}
