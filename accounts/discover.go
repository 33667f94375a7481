package accounts

import (
	"context"
	"errors"
	"time"

	"parley/channels"
	"parley/internal/fault"
)

// discoverTime bounds one discovery.
const discoverTime = 20 * time.Second

// Discover finds out from an address how an account of a kind would be configured.
func (s *Service) Discover(ctx context.Context, kind channels.Kind, address string) (channels.Discovery, error) {
	driver, ok := s.opener.drivers.find(kind)
	if !ok {
		return channels.Discovery{}, unknownKind()
	}
	finder, ok := driver.(channels.Discoverer)
	if !ok {
		return channels.Discovery{}, fault.InvalidField("kind", "not_discoverable", fault.T(
			"Настройки таких каналов не угадать по адресу.", "The settings of such accounts cannot be found by an address."))
	}
	ctx, cancel := context.WithTimeout(ctx, discoverTime)
	defer cancel()
	var found channels.Discovery
	err := guarded(func() (err error) {
		found, err = finder.Discover(ctx, address, s.opener.env)
		return err
	})
	var bad *channels.ConfigError
	if errors.As(err, &bad) {
		return channels.Discovery{}, fault.InvalidField("address", "invalid", fault.T(bad.RU, bad.EN))
	}
	return found, err
}
