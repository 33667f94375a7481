// Package storetest gives tests real databases: migrated, empty, closed when the test
// ends, on both engines. PostgreSQL comes from package testenv and is skipped where it
// is not installed, unless the run insists on it.
//
// Only tests import it. It may import internal/store and internal/testenv. The
// invariant it guards: no test meets another test's data.
package storetest
