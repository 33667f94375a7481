package telegram

// reactions are those that a bot may set (core.telegram.org/bots/api#reactiontypeemoji, 10.1, June 11, 2026), without the
// mark that asks for colour. The most usual ones come first.
var reactions = []string{
	"👍", "❤", "🔥", "🎉", "👏", "😁", "🙏", "👌", "🤝", "💯", "😢", "👎", "🥰", "🤔", "🤯", "😱", "🤬", "🤩", "🤮", "💩", "🕊", "🤡", "🥱", "🥴", "😍",
	"🐳", "❤\u200d🔥", "🌚", "🌭", "🤣", "⚡", "🍌", "🏆", "💔", "🤨", "😐", "🍓", "🍾", "💋", "🖕", "😈", "😴", "😭", "🤓", "👻", "👨\u200d💻", "👀",
	"🎃", "🙈", "😇", "😨", "✍", "🤗", "🫡", "🎅", "🎄", "☃", "💅", "🤪", "🗿", "🆒", "💘", "🙉", "🦄", "😘", "💊", "🙊", "😎", "👾",
	"🤷\u200d♂", "🤷", "🤷\u200d♀", "😡",
}
