package main_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/internal/testenv/program"
)

func TestBackupBesideARunningServerAndRestore(t *testing.T) {
	t.Parallel()
	i := newInstall(t)
	i.do("load", "seed", "--conversations", "20", "--messages", "100")
	s := i.Serve(t, i.env, program.FreeAddress(t))
	key := i.do("apikey", "create", "--name", "x")
	file := filepath.Join(t.TempDir(), "backup.tar.gz")
	if text := i.do("backup", file); !strings.Contains(text, file) {
		t.Errorf("backup: %q", text)
	}
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("backup file: %v, %v", info, err)
	}
	i.refused(2, []string{"backup", file}, "exists")
	i.refused(2, []string{"restore", file}, "--data", "already")
	if status := s.Terminate(t); status != 0 {
		t.Errorf("exit status %d after a backup", status)
	}

	other := newInstall(t)
	other.do("restore", file)
	restored := other.Serve(t, other.env, program.FreeAddress(t))
	var page struct{ Items []struct{ ID string } }
	if status := request(t, http.MethodGet, restored.URL+"/api/v1/conversations?limit=100&status=open,closed", key, "", &page); status != http.StatusOK || len(page.Items) != 20 {
		t.Errorf("after the restore: status %d, %d conversations", status, len(page.Items))
	}
}

func TestBackupLeavesNoPartOfAFile(t *testing.T) {
	t.Parallel()
	i := newInstall(t)
	file := filepath.Join(t.TempDir(), "backup.tar.gz")
	i.refused(2, []string{"backup", file}, "--data", "no installation")
	if _, err := os.Stat(file); err == nil {
		t.Error("a backup that failed left a file")
	}
	if _, err := os.Stat(i.data); err == nil {
		t.Error("a backup of nothing made a data folder")
	}
	i.refused(2, []string{"backup", filepath.Join(i.data, "no", "folder")}, "cannot be written")
	i.refused(2, []string{"restore", file}, "cannot be read")
	if err := os.WriteFile(file, []byte("rubbish"), 0o600); err != nil {
		t.Fatal(err)
	}
	i.refused(2, []string{"restore", file}, "not a whole backup")
	if _, err := os.Stat(i.data); err == nil {
		t.Error("a restore of nothing made a data folder")
	}
}
