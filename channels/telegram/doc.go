// Package telegram is the adapter for Telegram bots, over the Bot API 10.1
// (core.telegram.org/bots/api, June 11, 2026).
//
// What the network demands, as its documentation says:
//
//   - Updates are asked for (getUpdates) or pushed (setWebhook), never both. They are kept for 24 hours.
//   - A poll confirms what lies below its offset. After a week without updates ids begin anew at a random
//     number, so an offset is sent once, to confirm, and then no more; keys are made of chats and messages.
//   - A push proves itself by X-Telegram-Bot-Api-Secret-Token, and is done when it is answered with 200.
//   - Message ids are unique within a chat, and within the account that a business connection belongs to.
//   - Nothing recognises a repetition: what may have been sent is for a person to decide.
//   - A bot cannot write first. Its token stands in every address: no error of HTTP leaves as it is.
//
// Models and methods are those of github.com/go-telegram/bot; its poller and its webhook are not used, for
// both acknowledge before anything is stored.
//
// Allowed imports: channels, libraries.
//
// The invariant it guards: every update that was acknowledged is either an event that was committed, or
// holds nothing that anybody said.
package telegram
