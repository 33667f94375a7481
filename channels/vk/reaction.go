package vk

import "strings"

// reactions are VK's by their numbers, from 1 (as vk.com draws them; messages.getReactionsAssets
// lists pictures without characters; November 2026).
var reactions = []string{"❤️", "🔥", "😂", "👍", "💩", "❓", "😭", "😡", "👎", "👌", "😃", "🤔", "🙏", "😘", "😍", "🎉"}

// emojiOf is the reaction of a number: "" takes back, an unknown one is still a reaction.
func emojiOf(id int) string {
	switch {
	case id <= 0:
		return ""
	case id > len(reactions):
		return "⭐"
	}
	return reactions[id-1]
}

// reactionOf is the number of a reaction; 0 when VK does not have it.
func reactionOf(emoji string) int {
	const variation = "\uFE0F" // asks for colour; people's keyboards differ in sending it
	for i, r := range reactions {
		if strings.TrimSuffix(r, variation) == strings.TrimSuffix(emoji, variation) {
			return i + 1
		}
	}
	return 0
}
