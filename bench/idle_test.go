package bench_test

import (
	"strconv"
	"testing"
	"time"

	"parley/internal/testenv"
)

// What waits for mail, and for how long it is watched.
const (
	idleMailboxes = 20
	idleTime      = 40 * time.Second
)

// BenchmarkIdleMailboxes measures what mailboxes cost that nothing arrives in: the program's processor time
// with them and without.
func BenchmarkIdleMailboxes(b *testing.B) {
	for _, db := range databases {
		b.Run(db.name, func(b *testing.B) {
			server := testenv.StartDovecot(b, testenv.DovecotOptions{})
			s := openSite(b, append(db.env(b), secretKey, "PARLEY_DATA="+b.TempDir(), "PARLEY_EGRESS_ALLOW=127.0.0.0/8"))
			without := s.idle()
			accounts := make([]string, idleMailboxes)
			for i := range accounts {
				_, accounts[i] = s.connectMailbox(b, server)
			}
			for _, account := range accounts {
				s.awaitMailbox(b, account)
			}
			with := s.idle()
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(without, "%-of-a-core-without")
			b.ReportMetric(with, "%-of-a-core")
			if with-without > 1 {
				b.Errorf("%d idle mailboxes take %.2f %% of a core, want 1 at most", idleMailboxes, with-without)
			}
		})
	}
}

// idle is the share of a core, in percent, that is used while nobody asks for anything. The time passes
// for the figure's sake: what is done now and then must fall into it.
func (s *site) idle() float64 {
	time.Sleep(2 * time.Second) // what was begun comes to its end
	pid := strconv.Itoa(s.PID())
	before := processCost(pid)
	time.Sleep(idleTime)
	return float64(processCost(pid).cpu-before.cpu) / float64(idleTime) * 100
}
