package rest

// What tests from outside try by itself.
var (
	RangeOf     = rangeOf
	ExplainJSON = explainJSON
)
