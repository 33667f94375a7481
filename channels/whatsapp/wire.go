package whatsapp

import (
	"encoding/json"
	"errors"
	"strconv"
	"time"
)

// What Meta pushes, as far as we read it. Each list is read element by element, so that one that makes no
// sense does not take the others with it. Sources: the schema WebhookPayload of Meta's OpenAPI v23.0, and
// …/whatsapp/webhooks/reference for what the schema leaves out (echoes, history, edits, user ids).

type push struct {
	Object string            `json:"object"`
	Entry  []json.RawMessage `json:"entry"`
}

type entry struct {
	ID      string            `json:"id"`
	Changes []json.RawMessage `json:"changes"`
}

type change struct {
	Field string          `json:"field"`
	Value json.RawMessage `json:"value"`
}

// value is what the fields about messages hold.
type value struct {
	Metadata struct {
		Number   string `json:"display_phone_number"`
		NumberID string `json:"phone_number_id"`
	} `json:"metadata"`
	Contacts    []profile         `json:"contacts"`
	Messages    []json.RawMessage `json:"messages"`
	Echoes      []json.RawMessage `json:"message_echoes"`
	Statuses    []json.RawMessage `json:"statuses"`
	Calls       []json.RawMessage `json:"calls"`
	Preferences []json.RawMessage `json:"user_preferences"`
	History     []json.RawMessage `json:"history"`
	Errors      []refusal         `json:"errors"`
}

// profile is what the network tells of a contact.
type profile struct {
	Phone   string `json:"wa_id"`
	UserID  string `json:"user_id"`
	Profile struct {
		Name     string `json:"name"`
		Username string `json:"username"`
	} `json:"profile"`
}

type message struct {
	ID         string `json:"id"`
	From       string `json:"from"`
	FromUserID string `json:"from_user_id"`
	To         string `json:"to"`
	ToUserID   string `json:"to_user_id"`
	GroupID    string `json:"group_id"`
	Timestamp  moment `json:"timestamp"`
	content
	Errors   []refusal `json:"errors"`
	Referral *referral `json:"referral"`
	Edit     *struct {
		Original string  `json:"original_message_id"`
		Message  content `json:"message"`
	} `json:"edit"`
	Revoke *struct {
		Original string `json:"original_message_id"`
	} `json:"revoke"`
	Reaction *struct {
		MessageID string `json:"message_id"`
		Emoji     string `json:"emoji"`
	} `json:"reaction"`
	System *struct {
		Body  string `json:"body"`
		Type  string `json:"type"`
		Phone string `json:"wa_id"`
		New   string `json:"new_wa_id"`
	} `json:"system"`
	Unsupported *struct {
		Type string `json:"type"`
	} `json:"unsupported"`
}

// content is what a message says; an edit brings it anew.
type content struct {
	Type    string `json:"type"`
	Context *reply `json:"context"`
	Text    *struct {
		Body string `json:"body"`
	} `json:"text"`
	Image       *attachment  `json:"image"`
	Video       *attachment  `json:"video"`
	Audio       *attachment  `json:"audio"`
	Voice       *attachment  `json:"voice"`
	Document    *attachment  `json:"document"`
	Sticker     *attachment  `json:"sticker"`
	Location    *place       `json:"location"`
	Contacts    []person     `json:"contacts"`
	Button      *pressed     `json:"button"`
	Interactive *interaction `json:"interactive"`
	Order       *order       `json:"order"`
}

type reply struct {
	ID      string `json:"id"`
	Product *struct {
		Catalog string `json:"catalog_id"`
		Product string `json:"product_retailer_id"`
	} `json:"referred_product"`
}

type attachment struct {
	ID       string `json:"id"`
	Type     string `json:"mime_type"`
	Caption  string `json:"caption"`
	Filename string `json:"filename"`
	Voice    bool   `json:"voice"`
}

type place struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
	Name      string  `json:"name"`
	Address   string  `json:"address"`
}

type person struct {
	Name struct {
		Formatted string `json:"formatted_name"`
		First     string `json:"first_name"`
		Last      string `json:"last_name"`
	} `json:"name"`
	Phones []struct {
		Phone string `json:"phone"`
	} `json:"phones"`
	Emails []struct {
		Email string `json:"email"`
	} `json:"emails"`
	Org struct {
		Company string `json:"company"`
	} `json:"org"`
}

type pressed struct {
	Payload string `json:"payload"`
	Text    string `json:"text"`
}

type interaction struct {
	Type   string  `json:"type"`
	Button *choice `json:"button_reply"`
	List   *choice `json:"list_reply"`
	Flow   *struct {
		Response string `json:"response_json"`
		Body     string `json:"body"`
		Name     string `json:"name"`
	} `json:"nfm_reply"`
	Calls *struct {
		Response string `json:"response"`
	} `json:"call_permission_reply"`
}

type choice struct {
	ID          string `json:"id"`
	Title       string `json:"title"`
	Description string `json:"description"`
}

type order struct {
	Text  string `json:"text"`
	Items []struct {
		Product  string      `json:"product_retailer_id"`
		Quantity json.Number `json:"quantity"`
		Price    json.Number `json:"item_price"`
		Currency string      `json:"currency"`
	} `json:"product_items"`
}

type referral struct {
	URL      string `json:"source_url"`
	Type     string `json:"source_type"`
	ID       string `json:"source_id"`
	Headline string `json:"headline"`
	Click    string `json:"ctwa_clid"`
}

type status struct {
	ID          string    `json:"id"`
	Type        string    `json:"type"` // "call" where it is about no message
	Status      string    `json:"status"`
	Timestamp   moment    `json:"timestamp"`
	Recipient   string    `json:"recipient_id"`
	Participant string    `json:"recipient_participant_id"`
	UserID      string    `json:"recipient_participant_user_id"`
	Mark        string    `json:"biz_opaque_callback_data"`
	Errors      []refusal `json:"errors"`
}

type call struct {
	ID         string `json:"id"`
	From       string `json:"from"`
	FromUserID string `json:"from_user_id"`
	Event      string `json:"event"`
	Direction  string `json:"direction"`
	Timestamp  moment `json:"timestamp"`
}

type preference struct {
	Phone     string `json:"wa_id"`
	UserID    string `json:"user_id"`
	Detail    string `json:"detail"`
	Category  string `json:"category"`
	Value     string `json:"value"`
	Timestamp moment `json:"timestamp"`
}

type history struct {
	Metadata struct {
		Progress int `json:"progress"` // percent
	} `json:"metadata"`
	Threads []thread `json:"threads"`
}

type thread struct {
	ID       string            `json:"id"`
	Messages []json.RawMessage `json:"messages"`
	Context  struct {
		Phone    string `json:"wa_id"`
		UserID   string `json:"user_id"`
		Username string `json:"username"`
	} `json:"context"`
}

// moment is a time in seconds since 1970, which Meta writes as text or as a number.
type moment struct{ time.Time }

// UnmarshalJSON implements json.Unmarshaler.
func (m *moment) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		return nil
	}
	text := string(b)
	if len(b) > 0 && b[0] == '"' {
		if err := json.Unmarshal(b, &text); err != nil {
			return err
		}
	}
	if text == "" {
		return nil
	}
	seconds, err := strconv.ParseInt(text, 10, 64)
	if err != nil || seconds < 0 || seconds > 1<<38 {
		return errors.New("a timestamp is not a number of seconds")
	}
	m.Time = time.Unix(seconds, 0).UTC()
	return nil
}
