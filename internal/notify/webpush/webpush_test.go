package webpush_test

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"strings"
	"testing"
	"time"

	"parley/internal/notify/webpush"
)

// The example of RFC 8291, section 5 and appendix A.
const (
	plainText     = "When I grow up, I want to be a watermelon"
	browserSecret = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
	browserPublic = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
	browserAuth   = "BTBZMqHH6r4Tts7J_aSIgg"
	serverSecret  = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
	exampleSalt   = "DGv6ra1nlYgDCS1FRnbzlw"
	exampleBody   = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_" +
		"yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)

func raw(t testing.TB, text string) []byte {
	t.Helper()
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func secretKey(t testing.TB, text string) *ecdh.PrivateKey {
	t.Helper()
	k, err := ecdh.P256().NewPrivateKey(raw(t, text))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestExampleOfTheStandard(t *testing.T) {
	t.Parallel()
	keys, err := webpush.ReadKeys(browserPublic, browserAuth)
	if err != nil {
		t.Fatal(err)
	}
	body, err := webpush.Seal([]byte(plainText), keys, secretKey(t, serverSecret), raw(t, exampleSalt))
	if err != nil {
		t.Fatal(err)
	}
	if got := base64.RawURLEncoding.EncodeToString(body); got != exampleBody {
		t.Errorf("encrypted as\n%s, the standard says\n%s", got, exampleBody)
	}
	if got := read(t, raw(t, exampleBody), secretKey(t, browserSecret), raw(t, browserAuth)); got != plainText {
		t.Errorf("the reader of this test reads %q", got)
	}
}

func TestOnlyTheBrowserReadsIt(t *testing.T) {
	t.Parallel()
	for _, size := range []int{0, 1, 500, webpush.MaxPlain} {
		browser, err := ecdh.P256().GenerateKey(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		auth := make([]byte, 16)
		rand.Read(auth)
		padded := base64.URLEncoding.EncodeToString // some libraries pad
		keys, err := webpush.ReadKeys(padded(browser.PublicKey().Bytes()), padded(auth))
		if err != nil {
			t.Fatal(err)
		}
		plain := strings.Repeat("я", size/2) + strings.Repeat("y", size%2)
		one, err := webpush.Encrypt([]byte(plain), keys)
		if err != nil {
			t.Fatal(err)
		}
		two, err := webpush.Encrypt([]byte(plain), keys)
		if err != nil {
			t.Fatal(err)
		}
		if string(one[:86]) == string(two[:86]) {
			t.Error("key pair and salt were used twice")
		}
		if len(one) > 4096 {
			t.Errorf("%d bytes: push services refuse it", len(one))
		}
		if got := read(t, one, browser, auth); got != plain {
			t.Errorf("read %q of %q", got, plain)
		}
	}
	keys, _ := webpush.ReadKeys(browserPublic, browserAuth)
	if _, err := webpush.Encrypt(make([]byte, webpush.MaxPlain+1), keys); err == nil {
		t.Error("too long a text was encrypted")
	}
}

// read is a browser: it decrypts as RFC 8291 and RFC 8188 say, with HMAC alone instead of
// what package webpush uses.
func read(t *testing.T, body []byte, me *ecdh.PrivateKey, auth []byte) string {
	t.Helper()
	mac := func(key []byte, parts ...[]byte) []byte {
		h := hmac.New(sha256.New, key)
		for _, p := range parts {
			h.Write(p)
		}
		return h.Sum(nil)
	}
	salt, point, sealed := body[:16], body[21:21+int(body[20])], body[21+int(body[20]):]
	them, err := ecdh.P256().NewPublicKey(point)
	if err != nil {
		t.Fatal(err)
	}
	shared, err := me.ECDH(them)
	if err != nil {
		t.Fatal(err)
	}
	material := mac(mac(auth, shared), []byte("WebPush: info\x00"), me.PublicKey().Bytes(), point, []byte{1})
	secret := mac(salt, material)
	key, nonce := mac(secret, []byte("Content-Encoding: aes128gcm\x00\x01"))[:16], mac(secret, []byte("Content-Encoding: nonce\x00\x01"))[:12]
	block, err := aes.NewCipher(key)
	if err != nil {
		t.Fatal(err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := aead.Open(nil, nonce, sealed, nil)
	if err != nil {
		t.Fatal(err)
	}
	if plain[len(plain)-1] != 2 {
		t.Fatal("the last record is not marked so")
	}
	return string(plain[:len(plain)-1])
}

func TestSignature(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for about, want := range map[string]string{"https://desk.example": "https://desk.example", "mailto:a@example.com": "mailto:a@example.com", "http://127.0.0.1:8080": ""} {
		s, err := webpush.NewSender([]byte("seed"), about)
		if err != nil {
			t.Fatal(err)
		}
		header, err := s.Authorization("https://push.example:8443/send/abc?x=y", now)
		if err != nil {
			t.Fatal(err)
		}
		token, key, ok := strings.Cut(strings.TrimPrefix(header, "vapid t="), ", k=")
		if !ok || key != s.Public() {
			t.Fatalf("header %q", header)
		}
		part := strings.Split(token, ".")
		sum := sha256.Sum256([]byte(part[0] + "." + part[1]))
		public, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), raw(t, key))
		if err != nil {
			t.Fatal(err)
		}
		signature := raw(t, part[2])
		if len(signature) != 64 || !ecdsa.Verify(public, sum[:], new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:])) {
			t.Error("the signature does not hold")
		}
		var claims struct {
			Aud, Sub string
			Exp      int64
		}
		if err := json.Unmarshal(raw(t, part[1]), &claims); err != nil {
			t.Fatal(err)
		}
		if claims.Aud != "https://push.example:8443" || claims.Sub != want || claims.Exp <= now.Unix() || claims.Exp > now.Add(24*time.Hour).Unix() {
			t.Errorf("claims %+v", claims)
		}
	}
}

func TestSenderIsOfItsSeed(t *testing.T) {
	t.Parallel()
	of := func(seed string) string {
		s, err := webpush.NewSender([]byte(seed), "")
		if err != nil {
			t.Fatal(err)
		}
		return s.Public()
	}
	if one, again := of("a"), of("a"); one != again || one == of("b") {
		t.Error("the key must follow from the seed alone")
	}
	s, err := webpush.NewSender([]byte("a"), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, endpoint := range []string{"", "::", "/no/host"} {
		if _, err := s.Authorization(endpoint, time.Now()); err == nil {
			t.Errorf("%q was signed for", endpoint)
		}
	}
}

func FuzzReadKeys(f *testing.F) {
	f.Add(browserPublic, browserAuth)
	f.Add(browserPublic+"=", browserAuth+"==")
	f.Add("", "")
	f.Add(browserSecret, browserAuth)
	f.Fuzz(func(t *testing.T, p256dh, auth string) {
		keys, err := webpush.ReadKeys(p256dh, auth)
		if err != nil {
			return
		}
		if _, err := webpush.Encrypt([]byte("x"), keys); err != nil {
			t.Errorf("keys that were read cannot be used: %v", err)
		}
	})
}
