package testenv

import "testing"

// Template is a PostgreSQL database that nothing connects to any more, and that tests get copies of.
type Template struct{ admin, name string }

// NewTemplate makes one on the server that does not force commits to the disk: fill is given the URL
// of an empty database and leaves no connection to it. It lives as long as the server does.
func NewTemplate(fill func(url string) error) (Template, error) {
	cluster, err := fastServer()
	if err != nil {
		return Template{}, err
	}
	name, address, err := newDatabase(cluster.URL(), "template0")
	if err != nil {
		return Template{}, err
	}
	if err := fill(address); err != nil {
		return Template{}, err
	}
	// A connection to it would have copies refused as busy.
	return Template{cluster.URL(), name}, execute(cluster.URL(), "ALTER DATABASE "+name+" WITH ALLOW_CONNECTIONS false")
}

// PostgresCopy is like Postgres, but the database begins as what the template holds. It takes
// sync.OnceValues of NewTemplate: the first test that asks has the template made.
func PostgresCopy(t testing.TB, template func() (Template, error)) string {
	t.Helper()
	of, err := template()
	if err != nil {
		giveUp(t, err)
	}
	return copyOf(t, of.admin, of.name)
}
