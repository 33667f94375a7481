// Package forms is the visitors' side of site forms over HTTP: taking what was filled in, by plain
// HTML, by script or by program; the script that shows a form on a site, the same form as a page
// of ours, and the page of thanks. What a submission is and becomes stands in channels/form.
//
// Allowed imports: accounts, channels, channels/form, internal/auth, internal/fault and web/rest.
// Invariants: nobody is thanked before what they wrote is committed; a form is shown and taken on
// its account's sites alone.
package forms
