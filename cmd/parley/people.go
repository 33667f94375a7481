package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"

	"parley/internal/auth"
	"parley/internal/config"
	"parley/internal/fault"
)

// adminCreate makes an administrator. Without --password-stdin it makes up a password
// and prints it.
func adminCreate(ctx context.Context, sh *shell) error {
	fs := newFlags("admin create")
	email := fs.String("email", "", "address to sign in with")
	name := fs.String("name", "", "how colleagues and visitors see the person")
	fromStdin := fs.Bool("password-stdin", false, "read the password from the first line of standard input")
	cfg, err := sh.parse(fs, 0)
	if err != nil {
		return err
	}
	if err := require("email", *email); err != nil {
		return err
	}
	if err := require("name", *name); err != nil {
		return err
	}
	password, made := "", false
	if *fromStdin {
		line, err := bufio.NewReader(sh.in).ReadString('\n')
		if password = strings.TrimRight(line, "\r\n"); password == "" {
			return &config.Error{Flag: "password-stdin", Problem: "found no password: " + orEmpty(err).Error(), Remedy: "write it as one line into standard input"}
		}
	} else {
		password, made = madePassword(), true
	}
	b, err := sh.base(ctx, cfg)
	if err != nil {
		return err
	}
	defer b.Close()
	a, err := b.Auth.CreateAgent(ctx, auth.System(), auth.NewAgent{Email: *email, Name: *name, Role: auth.RoleAdmin, Password: password})
	if err != nil {
		return inWords(err)
	}
	fmt.Fprintf(sh.out, "administrator %s was made\n", a.Email)
	if made {
		fmt.Fprintf(sh.out, "password: %s\n", password)
	}
	return nil
}

// adminReset prints a link with which a person sets a new password.
func adminReset(ctx context.Context, sh *shell) error {
	fs := newFlags("admin reset")
	email := fs.String("email", "", "address of the person")
	cfg, err := sh.parse(fs, 0)
	if err != nil {
		return err
	}
	if err := require("email", *email); err != nil {
		return err
	}
	b, err := sh.base(ctx, cfg)
	if err != nil {
		return err
	}
	defer b.Close()
	a, err := b.Store.AgentByEmail(ctx, strings.ToLower(strings.TrimSpace(*email)))
	if errors.Is(err, auth.ErrAbsent) {
		return &config.Error{Flag: "email", Problem: fmt.Sprintf("is not known: nobody signs in with %q", *email), Remedy: "look at the spelling"}
	}
	if err != nil {
		return err
	}
	_, token, err := b.Auth.ResetPassword(ctx, auth.System(), a.ID)
	if err != nil {
		return inWords(err)
	}
	public := cfg.PublicURL
	if public == "" {
		public = "http://" + cfg.Listen
	}
	fmt.Fprintf(sh.out, "%s/reset#%s\n", public, token.Reveal())
	return nil
}

// apikeyCreate makes an API key and prints it alone, so that a script can take it.
func apikeyCreate(ctx context.Context, sh *shell) error {
	fs := newFlags("apikey create")
	name := fs.String("name", "", "what the key is for")
	var scopes list
	fs.Var(&scopes, "scope", "noun:read or noun:write; may be repeated; none means everything")
	cfg, err := sh.parse(fs, 0)
	if err != nil {
		return err
	}
	if err := require("name", *name); err != nil {
		return err
	}
	b, err := sh.base(ctx, cfg)
	if err != nil {
		return err
	}
	defer b.Close()
	_, key, err := b.Auth.CreateAPIKey(ctx, auth.System(), *name, scopes)
	if err != nil {
		return inWords(err)
	}
	fmt.Fprintln(sh.out, key.Reveal())
	return nil
}

// inWords turns a refusal into one line.
func inWords(err error) error {
	f, ok := fault.As(err)
	if !ok {
		return err
	}
	if len(f.Fields) == 0 {
		return errors.New(f.Text.EN)
	}
	field := f.Fields[0]
	name, other := map[string]string{"scopes": "scope", "password": "password-stdin"}[field.Path]
	if !other {
		name = field.Path
	}
	return &config.Error{Flag: name, Problem: "cannot be used", Remedy: field.Text.EN}
}

func orEmpty(err error) error {
	if err == nil || errors.Is(err, io.EOF) {
		return errors.New("the line is empty")
	}
	return err
}

func madePassword() string {
	var b [15]byte
	_, _ = rand.Read(b[:]) // it never fails
	return base64.RawURLEncoding.EncodeToString(b[:])
}
