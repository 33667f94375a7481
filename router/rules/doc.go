// Package rules is the one language of conditions: intake rules, triggers, service
// levels, routing, saved views and segments all ask in it.
//
// A Condition is what a person writes: groups of all, any and not around comparisons of
// a field with a value. A Schema says which fields there are. Compile checks a condition
// against a schema, with the path of what is wrong, and makes a Rule of it; a Rule says
// whether Facts fulfil it, and Explain says why.
//
// It may import internal/fault only. The invariant it guards: a verdict depends on the
// rule, the facts and the calendar given, on nothing else; and an explanation is the
// verdict: whoever reads it from the leaves upwards comes to the same one.
package rules
