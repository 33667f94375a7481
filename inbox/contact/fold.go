package contact

import "strings"

// Fold is how names are compared: lower case, ё as е, single spaces.
func Fold(name string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(strings.ToLower(name), "ё", "е")), " ")
}
