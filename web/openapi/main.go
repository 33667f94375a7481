package main

import (
	"fmt"
	"os"

	"parley/web"
)

func main() {
	if err := write(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "openapi:", err)
		os.Exit(1)
	}
}

// write writes the description to the one file that is named.
func write(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("name one file to write")
	}
	text, err := web.Describe()
	if err != nil {
		return err
	}
	return os.WriteFile(args[0], text, 0o644)
}
