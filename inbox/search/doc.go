// Package search finds messages, people, files and numbers by words.
//
// Words are folded (case, ё→е) and stemmed in Russian and English here, in Go, so that both
// databases hold the same index and answer alike. The Indexer feeds the index from the event
// feed, apart from intake: what was committed is found within two seconds. A Service answers
// queries; the storage filters every group by what the viewer may see at that moment, because
// the index itself holds nothing that decides about sight.
//
// Allowed imports: inbox and below. Invariants: the index and the cursor that says how far it
// got change in one transaction, so that a crash loses and repeats nothing; one query costs a
// bounded amount of work, whatever was typed.
package search
