// Package site serves what is not an operation of the API: the agents' page and its
// assets, the visitors' chat page, the loader and the sample shop, the API's
// description for people and programs, health and metrics. It also sets the headers
// that every answer carries.
//
// Allowed imports: web/rest, web/app, web/widget and internal/fault. Invariant: every
// page comes with a policy under which no inline script and nothing from elsewhere
// runs.
package site
