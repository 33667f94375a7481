package app

import (
	"context"
	"time"

	"github.com/redis/go-redis/v9"

	"parley/internal/config"
)

// checkRedis refuses a Redis that does not answer.
func checkRedis(ctx context.Context, cfg config.Config) error {
	if cfg.Redis.Empty() {
		return nil
	}
	wrong := func(problem string) error {
		return &config.Error{Flag: "redis", Env: "PARLEY_REDIS", Problem: problem, Remedy: "check the address and that Redis runs, or leave it out on a single node"}
	}
	o, err := redis.ParseURL(cfg.Redis.Reveal())
	if err != nil {
		return wrong("is not a Redis address")
	}
	o.DialTimeout, o.MaxRetries = 3*time.Second, -1
	redis.SetLogger(mute{}) // the library would print each attempt beside our one line
	client := redis.NewClient(o)
	defer client.Close()
	if err := client.Ping(ctx).Err(); err != nil {
		return wrong("does not answer at " + o.Addr)
	}
	return nil
}

// mute is a logger for the Redis library, whose errors reach us as errors.
type mute struct{}

// Printf drops the line.
func (mute) Printf(context.Context, string, ...any) {}
