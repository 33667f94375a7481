package letters

import (
	"parley/inbox"
	"parley/web/safehtml"
)

// Clean returns the HTML of a message as programs get it: harmless, without style sheets,
// with its own pictures, and with remote ones as placeholders.
func Clean(m *inbox.Message) string {
	if m.HTML == "" {
		return ""
	}
	return safehtml.Mail(m.HTML, safehtml.Options{Images: imagesOf(m.Files)}).HTML
}

// Cleaner is Clean with a memory, for lists that are read again and again. It is safe for
// concurrent use; the zero value is ready.
type Cleaner struct{ memory memo }

// Clean is the function Clean, remembered until the message changes.
func (c *Cleaner) Clean(m *inbox.Message) string {
	if m.HTML == "" {
		return ""
	}
	key := memoKey{m.ID, m.UpdatedAt.UnixMicro(), len(m.HTML)}
	if html, ok := c.memory.get(key); ok {
		return html
	}
	html := Clean(m)
	c.memory.put(key, html)
	return html
}
