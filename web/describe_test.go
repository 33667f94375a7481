package web_test

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"testing"

	"parley/web"
)

const howToDescribe = "; run make generate and commit what it writes"

func TestTheFileIsWhatIsDeclared(t *testing.T) {
	t.Parallel()
	kept, err := os.ReadFile("openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	now, err := web.Describe()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(kept, now) {
		t.Error("web/openapi.json is stale" + howToDescribe)
	}
}

// Describe declares with empty parts; this holds it to a server with real ones.
func TestTheFileIsWhatIsServed(t *testing.T) {
	t.Parallel()
	kept, err := os.ReadFile("openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	var want object
	if err := json.Unmarshal(kept, &want); err != nil {
		t.Fatal(err)
	}
	served := boot(t).anybody().want(200, "GET", "/api/openapi.json", nil).body
	served["info"].(object)["version"] = "dev"
	if !reflect.DeepEqual(served, want) {
		t.Error("web/openapi.json is not what a server says of itself" + howToDescribe)
	}
}
