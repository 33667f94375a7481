package telegram

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/go-telegram/bot/models"

	"parley/channels"
)

// locationText names a place and links to a map of it.
func locationText(l channels.Location) string {
	at := strconv.FormatFloat(l.Latitude, 'f', -1, 64) + "," + strconv.FormatFloat(l.Longitude, 'f', -1, 64)
	name := at
	if said := strings.Trim(l.Title+", "+l.Address, ", "); said != "" {
		name = said
	}
	return "📍 " + name + "\nhttps://maps.google.com/maps?q=" + at
}

// oddities put into words what else a message can be. The port has no shape for them, and a person must not
// look at an empty message.
func oddities(m *models.Message) (lines []string) {
	add := func(format string, values ...any) {
		lines = append(lines, strings.TrimSpace(fmt.Sprintf(format, values...)))
	}
	if p := m.Poll; p != nil {
		add("📊 %s", p.Question)
		for _, o := range p.Options {
			add("▫️ %s", o.Text)
		}
	}
	if c := m.Checklist; c != nil {
		add("☑️ %s", c.Title)
		for _, t := range c.Tasks {
			if t.CompletionDate > 0 {
				add("✔️ %s", t.Text)
			} else {
				add("▫️ %s", t.Text)
			}
		}
	}
	if d := m.Dice; d != nil {
		add("%s %d", d.Emoji, d.Value)
	}
	if g := m.Game; g != nil {
		add("🎮 %s", g.Title)
	}
	if i := m.Invoice; i != nil {
		add("🧾 %s, %s", i.Title, money(i.TotalAmount, i.Currency))
	}
	if p := m.SuccessfulPayment; p != nil {
		add("💳 %s", money(p.TotalAmount, p.Currency))
	}
	if p := m.RefundedPayment; p != nil {
		add("💳 −%s", money(p.TotalAmount, p.Currency))
	}
	if s := m.UsersShared; s != nil {
		for _, u := range s.Users {
			add("👤 %s", nameOf(u.FirstName, u.LastName, u.Username))
		}
	}
	if w := m.WebAppData; w != nil {
		add("%s: %s", w.ButtonText, w.Data)
	}
	if s := m.Story; s != nil {
		add("📖 %s", chatSender(s.Chat).Name)
	}
	if p := m.PaidMedia; p != nil {
		add("⭐ %d", p.StarCount)
	}
	if m.Gift != nil || m.UniqueGift != nil {
		add("🎁")
	}
	if m.Giveaway != nil || m.GiveawayWinners != nil {
		add("🎉")
	}
	return lines
}

// whole are currencies without smaller units, as the network counts them
// (core.telegram.org/bots/payments/currencies.json, 2026).
var whole = []string{"XTR", "JPY", "KRW", "VND", "CLP", "ISK", "PYG", "UGX"}

func money(amount int, currency string) string {
	if slices.Contains(whole, currency) {
		return strconv.Itoa(amount) + " " + currency
	}
	return strconv.FormatFloat(float64(amount)/100, 'f', 2, 64) + " " + currency
}

// services are messages that nobody wrote: the network's notes of what happened in a chat.
var services = []string{
	"new_chat_members", "left_chat_member", "chat_owner_left", "chat_owner_changed", "new_chat_title", "new_chat_photo",
	"delete_chat_photo", "group_chat_created", "supergroup_chat_created", "channel_chat_created",
	"message_auto_delete_timer_changed", "migrate_to_chat_id", "migrate_from_chat_id", "pinned_message", "chat_shared",
	"gift_upgrade_sent", "connected_website", "write_access_allowed", "passport_data", "proximity_alert_triggered",
	"boost_added", "chat_background_set", "checklist_tasks_done", "checklist_tasks_added", "direct_message_price_changed",
	"forum_topic_created", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened",
	"general_forum_topic_hidden", "general_forum_topic_unhidden", "giveaway_created", "giveaway_completed",
	"managed_bot_created", "paid_message_price_changed", "poll_option_added", "poll_option_deleted",
	"suggested_post_approved", "suggested_post_approval_failed", "suggested_post_declined", "suggested_post_paid",
	"suggested_post_refunded", "video_chat_scheduled", "video_chat_started", "video_chat_ended",
	"video_chat_participants_invited", "users_shared",
}

func isService(body json.RawMessage) bool {
	var parts map[string]json.RawMessage
	if json.Unmarshal(body, &parts) != nil {
		return false
	}
	return slices.ContainsFunc(services, func(name string) bool { _, ok := parts[name]; return ok })
}
