package auth

// ParsePHCForTest reads a stored hash and writes it again.
func ParsePHCForTest(s string) (string, Params, error) {
	p, err := parsePHC(s)
	if err != nil {
		return "", Params{}, err
	}
	return p.String(), p.params, nil
}

// NetworkForTest is the key under which an address is throttled.
var NetworkForTest = network

// NewKeyTextForTest makes the text of an API key.
var NewKeyTextForTest = newKeyText

// HoldSlotForTest takes one of a hasher's slots until release is closed.
func HoldSlotForTest(h *Hasher, release <-chan struct{}) {
	h.slots <- struct{}{}
	go func() {
		<-release
		<-h.slots
	}()
}
