package rest

// Someone reads whose things a list shall have: "me", "none" or an id; nil when nothing was asked.
func Someone[T ~int64](text string, me T) *T {
	var n T
	switch text {
	case "":
		return nil
	case "me":
		n = me
	case "none":
	default:
		n = Num[T](ID(text))
	}
	return &n
}
