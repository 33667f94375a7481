package inbox

import (
	"regexp"
	"slices"
	"strconv"
)

// ownPicture is how an answer's HTML names a picture by the id of its file.
var ownPicture = regexp.MustCompile(`"cid:([1-9][0-9]{0,18})"`)

// withPictures are the files of an answer and those that its HTML shows: a picture that is
// named in the text goes along whether or not its writer attached it too.
func (a *Answer) withPictures() []FileID {
	files := slices.Clone(a.Files)
	for _, found := range ownPicture.FindAllStringSubmatch(a.HTML, -1) {
		id, err := strconv.ParseInt(found[1], 10, 64)
		if err == nil && !slices.Contains(files, FileID(id)) {
			files = append(files, FileID(id))
		}
	}
	return files
}
