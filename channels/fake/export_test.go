package fake

// Parse is the parser of updates, for its fuzz test.
var Parse = parse
