package letter

import "io"

func (w *walk) tnef(r io.Reader, it *part) (*node, error) { return w.file(r, it) }
