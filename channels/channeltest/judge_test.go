package channeltest

import (
	"runtime"
	"sync/atomic"
	"testing"
)

// judge is a testing.TB that keeps complaints to itself.
type judge struct {
	testing.TB
	failed atomic.Bool
}

func (j *judge) fail()                 { j.failed.Store(true) }
func (j *judge) Failed() bool          { return j.failed.Load() }
func (j *judge) Helper()               {}
func (j *judge) Error(...any)          { j.fail() }
func (j *judge) Errorf(string, ...any) { j.fail() }
func (j *judge) Fatal(...any)          { j.fail(); runtime.Goexit() }
func (j *judge) Fatalf(string, ...any) { j.fail(); runtime.Goexit() }
func (j *judge) Skip(...any)           { runtime.Goexit() }
