package connect

// Autoconfig is the parser of outside bytes, for the fuzz target.
func Autoconfig(data []byte) (imap, smtp Endpoint, err error) {
	got, err := parseAutoconfig(data, "jane", "example.com")
	return got.imap, got.smtp, err
}
