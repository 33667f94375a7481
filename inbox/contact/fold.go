package contact

import "strings"

// Fold is how names are compared: lower case, ё as е, single spaces.
func Fold(name string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(strings.ToLower(name), "ё", "е")), " ")
}

// Storable removes what no database text may hold: NUL bytes and broken UTF-8.
func Storable(text string) string {
	return strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", ""), "\uFFFD")
}
