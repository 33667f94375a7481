package inbox

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"parley/inbox/actor"
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

// pasted returns the files of an answer with copies of those pictures in its text that its writer
// did not upload for it but saw elsewhere, such as in the mail that is answered, and names
// the copies in the text of m. What is no picture, or nothing that the writer may see, is left out.
func (s *Service) pasted(ctx context.Context, v actor.Viewer, a *Answer, m *Message, uploaded []File) ([]File, error) {
	var out []File
	for _, id := range a.Files {
		if i := slices.IndexFunc(uploaded, func(f File) bool { return f.ID == id }); i >= 0 {
			out = append(out, uploaded[i])
			continue
		}
		name := `"cid:` + strconv.FormatInt(int64(id), 10)
		if !strings.Contains(m.HTML, name+`"`) {
			continue
		}
		f, found, err := s.store.File(ctx, v, id)
		if err != nil {
			return nil, err
		}
		if !found || !strings.HasPrefix(f.Type, "image/") {
			continue
		}
		ids, err := s.store.NextIDs(ctx, 1)
		if err != nil {
			return nil, err
		}
		f.ID, f.OwnerKind, f.OwnerID, f.CreatedAt, f.Copied = FileID(ids[0]), m.Author.Kind, m.Author.ID, m.CreatedAt, true
		m.HTML = strings.ReplaceAll(m.HTML, name+`"`, `"cid:`+strconv.FormatInt(ids[0], 10)+`"`)
		out = append(out, f)
	}
	return out, nil
}
