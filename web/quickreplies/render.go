package quickreplies

import (
	"context"

	"parley/templates/quickreply"
	"parley/web/desk"
	"parley/web/rest"
)

// RenderedReply is a quick reply as it can be put into an answer.
type RenderedReply struct {
	Text        string            `json:"text" doc:"A blank that is open stands in it as [[question]]."`
	HTML        string            `json:"html" doc:"The same for mails."`
	Attachments []desk.Attachment `json:"attachments" doc:"Fresh uploads of the caller; none while a blank is missing, unless partial is asked for."`
	Blanks      []string          `json:"blanks" doc:"What it asks, in order."`
	Missing     []string          `json:"missing" doc:"Blanks without an answer."`
}

func showFilled(f quickreply.Filled) RenderedReply {
	return RenderedReply{
		Text: f.Text, HTML: f.HTML, Attachments: rest.Map(f.Files, showFile), Blanks: append([]string{}, f.Blanks...), Missing: append([]string{}, f.Missing...),
	}
}

type renderReply struct {
	ByID
	Body struct {
		ConversationID rest.ID           `json:"conversation_id"`
		Answers        map[string]string `json:"answers" required:"false" doc:"To blanks, by their questions."`
		Partial        bool              `json:"partial" required:"false" doc:"Blanks may stay open."`
		Look           bool              `json:"look" required:"false" doc:"Only to be looked at: no files are handed out."`
		TimeZone       string            `json:"time_zone" required:"false" maxLength:"100" doc:"Of the writer, for greetings and dates: Europe/Berlin. Without it UTC."`
	}
}

func (q *QuickReplies) render(ctx context.Context, who rest.Caller, in *renderReply) (*rest.Body[RenderedReply], error) {
	zone, err := zoneOf(in.Body.TimeZone)
	if err != nil {
		return nil, err
	}
	filled, err := q.replies.Fill(ctx, who.Viewer, rest.Num[quickreply.ID](in.ID), quickreply.Occasion{
		Conversation: rest.Num[int64](in.Body.ConversationID), Answers: in.Body.Answers, Zone: zone, Language: who.Language, Partial: in.Body.Partial, Look: in.Body.Look,
	})
	if err != nil {
		return nil, err
	}
	return rest.Reply(showFilled(filled)), nil
}

type previewReply struct {
	Body struct {
		Text     string            `json:"text" maxLength:"20000"`
		Language string            `json:"language" required:"false" maxLength:"50" doc:"Of the examples; without it the caller's."`
		Answers  map[string]string `json:"answers" required:"false"`
		TimeZone string            `json:"time_zone" required:"false" maxLength:"100"`
	}
}

// ReplyPreview is how a text would read.
type ReplyPreview struct {
	RenderedReply
	Problem string `json:"problem" doc:"What is wrong with it, and would be refused; empty: nothing."`
}

func (q *QuickReplies) preview(_ context.Context, who rest.Caller, in *previewReply) (*rest.Body[ReplyPreview], error) {
	zone, err := zoneOf(in.Body.TimeZone)
	if err != nil {
		return nil, err
	}
	language := in.Body.Language
	if language == "" {
		language = who.Language
	}
	filled, problem, err := q.replies.Preview(who.Viewer, in.Body.Text, quickreply.Occasion{Answers: in.Body.Answers, Zone: zone, Language: language})
	if err != nil {
		return nil, err
	}
	out := ReplyPreview{RenderedReply: showFilled(filled)}
	if problem != nil {
		out.Problem = problem.Text.In(who.Language)
	}
	return rest.Reply(out), nil
}

// TextVariable is what a text may name.
type TextVariable struct {
	Name    string `json:"name"`
	Example string `json:"example"`
}

func (q *QuickReplies) variables(_ context.Context, who rest.Caller, _ *struct{}) (*rest.Body[rest.Page[TextVariable]], error) {
	examples := quickreply.Examples(who.Language)
	return rest.List(quickreply.Variables(), "", func(name string) TextVariable { return TextVariable{name, examples[name]} }), nil
}
