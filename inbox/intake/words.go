package intake

import "parley/channels"

// notStored is what is said of an event that the database would not take.
const notStored = "could not be stored"

var problems = channels.Problems{notStored: "не удалось сохранить"}

// Phrases are what this package says of events in quarantine, for people.
func Phrases() []channels.Phrase { return problems.List() }
