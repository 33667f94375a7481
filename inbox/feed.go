package inbox

// Fed is a notice at its place in the feed. Ids ascend in the order of commits, with
// gaps; 0 is before the first.
type Fed struct {
	ID int64
	Notice
}
