package bench_test

import (
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// cost is what the program and its database have used since they started.
type cost struct {
	cpu   time.Duration
	wrote int64 // bytes handed to the disk
}

// costOf adds up the server's process and every PostgreSQL process of this machine's test servers. It
// needs Linux's /proc; elsewhere it returns zeros, and the cost is not reported.
func costOf(server int) cost {
	total := processCost(strconv.Itoa(server))
	names, err := filepath.Glob("/proc/[0-9]*/comm")
	if err != nil {
		return total
	}
	for _, name := range names {
		if comm, err := os.ReadFile(name); err != nil || strings.TrimSpace(string(comm)) != "postgres" {
			continue
		}
		c := processCost(filepath.Base(filepath.Dir(name)))
		total.cpu += c.cpu
		total.wrote += c.wrote
	}
	return total
}

// report gives b what was used since before, per message.
func (before cost) report(b *testing.B, server, messages int) {
	b.Helper()
	after := costOf(server)
	if after.cpu == 0 || messages == 0 {
		return
	}
	b.ReportMetric(float64((after.cpu-before.cpu).Microseconds())/float64(messages), "cpu-µs/msg")
	b.ReportMetric(float64(after.wrote-before.wrote)/float64(messages), "written-B/msg")
}

func processCost(pid string) cost {
	var c cost
	if stat, err := os.ReadFile("/proc/" + pid + "/stat"); err == nil {
		// The second field is the program's name in brackets and may hold spaces; count from behind it.
		_, rest, _ := strings.Cut(string(stat), ") ")
		const utime, stime, perSecond = 11, 12, 100
		if fields := strings.Fields(rest); len(fields) > stime {
			ticks := number(fields[utime]) + number(fields[stime])
			c.cpu = time.Duration(ticks) * time.Second / perSecond
		}
	}
	if io, err := os.ReadFile("/proc/" + pid + "/io"); err == nil {
		for line := range strings.Lines(string(io)) {
			if value, ok := strings.CutPrefix(line, "write_bytes:"); ok {
				c.wrote = number(strings.TrimSpace(value))
			}
		}
	}
	return c
}

// commits is how many transactions the program has committed since it started. Each is a sync of the
// disk: of the log on PostgreSQL, of the write-ahead file on SQLite.
func (s *site) commits(b *testing.B) float64 {
	b.Helper()
	res, err := s.client.Get(s.URL + "/metrics")
	if err != nil {
		b.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		b.Fatal(err)
	}
	var total float64
	for line := range strings.Lines(string(text)) {
		if !strings.HasPrefix(line, "parley_store_commit_seconds_count{") {
			continue
		}
		_, value, _ := strings.Cut(line, "} ")
		n, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
		if err != nil {
			b.Fatalf("read metrics: %v", err)
		}
		total += n
	}
	if total == 0 {
		b.Fatal("the metrics name no commits")
	}
	return total
}

// residentMB is the process's memory in megabytes.
func residentMB(pid int) float64 {
	status, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if value, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			return float64(number(strings.TrimSuffix(strings.TrimSpace(value), " kB"))) / 1024
		}
	}
	return 0
}

// number reads what the kernel wrote, which is always one.
func number(text string) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0
	}
	return n
}
