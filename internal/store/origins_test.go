package store_test

import (
	"reflect"
	"testing"

	"parley/channels"
	"parley/inbox"
	"parley/internal/fault"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

func TestOriginIsThatOfTheFirstMessage(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		if o, err := d.inbox.Origin(t.Context(), d.anna, d.conv); err != nil || !reflect.DeepEqual(o, inbox.Origin{ConversationID: d.conv}) {
			t.Errorf("of one that told nothing: %+v %v", o, err)
		}
		first, second := says("v9", "o1", "Hello"), says("v9", "o2", "Is anybody there?")
		first.Source = channels.Source{Page: "https://shop.example/lamps", Referrer: "https://search.example/", UTM: map[string]string{"utm_source": "ads"}}
		second.Source = channels.Source{Page: "https://shop.example/cart"}
		d.deliver(first)
		d.deliver(second)
		page, err := d.inbox.List(t.Context(), d.anna, inbox.Filter{Sort: inbox.Newest})
		if err != nil || len(page.Items) == 0 || page.Items[0].Chat != "v9" {
			t.Fatalf("conversations: %+v %v", page.Items, err)
		}
		c := page.Items[0].ID
		want := inbox.Origin{ConversationID: c, Page: "https://shop.example/lamps", Referrer: "https://search.example/", UTM: map[string]string{"utm_source": "ads"}}
		if o, err := d.inbox.Origin(t.Context(), d.anna, c); err != nil || !reflect.DeepEqual(o, want) {
			t.Errorf("%+v %v", o, err)
		}
		if _, err := d.inbox.Origin(t.Context(), d.anna, c+1_000_000); fault.KindOf(err) != fault.NotFound {
			t.Errorf("of none: %v", err)
		}
	})
}
