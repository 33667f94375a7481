package whatsapp

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"slices"
	"strings"

	"parley/channels"
)

// upload hands a file to WhatsApp and returns its id, by which messages hold it (for 30 days). It reaches
// no contact. The body is streamed: a document may have 100 MB.
func (a *Account) upload(ctx context.Context, f channels.File) (string, *channels.Error) {
	file, err := a.env.Files.Open(ctx, f)
	if err != nil {
		e := failure(channels.Transient, CodeFile)
		e.Err = err
		return "", e
	}
	defer file.Close()
	body, mediaType, err := uploadForm(f, file)
	if err != nil {
		return "", &channels.Error{Kind: channels.Permanent, Code: CodeFile, Text: phrase(CodeFile).EN, Err: err}
	}
	answer, failed := a.graph.call(ctx, http.MethodPost, a.settings.number+"/media", nil, mediaType, body)
	if failed != nil {
		if failed.Code == CodeParameter {
			failed.Code, failed.Text = CodeMediaRefused, strings.Replace(failed.Text, phrase(CodeParameter).EN, phrase(CodeMediaRefused).EN, 1)
		}
		return "", harmless(failed)
	}
	var taken struct {
		ID string `json:"id"`
	}
	if json.Unmarshal(answer, &taken) != nil || taken.ID == "" {
		return "", failure(channels.Transient, CodeUnclear)
	}
	return taken.ID, nil
}

// uploadForm writes the form that an upload is, around a file that is read while it goes out.
func uploadForm(f channels.File, file io.Reader) (body io.Reader, mediaType string, err error) {
	var head bytes.Buffer
	w := multipart.NewWriter(&head)
	if err := w.WriteField("messaging_product", "whatsapp"); err != nil {
		return nil, "", fmt.Errorf("write form: %w", err)
	}
	if err := w.WriteField("type", plainType(f.Type)); err != nil {
		return nil, "", fmt.Errorf("write form: %w", err)
	}
	header := textproto.MIMEHeader{}
	header.Set("Content-Disposition", multipart.FileContentDisposition("file", fileName(f.Name, f.Type)))
	header.Set("Content-Type", plainType(f.Type))
	if _, err := w.CreatePart(header); err != nil {
		return nil, "", fmt.Errorf("write form: %w", err)
	}
	start := bytes.Clone(head.Bytes())
	head.Reset()
	if err := w.Close(); err != nil {
		return nil, "", fmt.Errorf("write form: %w", err)
	}
	return io.MultiReader(bytes.NewReader(start), file, &head), w.FormDataContentType(), nil
}

// extensions are how files are called that came without a name.
var extensions = map[string]string{
	"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "image/gif": ".gif",
	"video/mp4": ".mp4", "video/3gpp": ".3gp",
	"audio/aac": ".aac", "audio/amr": ".amr", "audio/mpeg": ".mp3", "audio/mp4": ".m4a", "audio/ogg": ".ogg",
	"text/plain": ".txt", "application/pdf": ".pdf",
}

func fileName(name, mediaType string) string {
	if name = strings.TrimSpace(name); name != "" {
		return name
	}
	family, _, _ := strings.Cut(plainType(mediaType), "/")
	if !slices.Contains([]string{"image", "video", "audio"}, family) {
		family = "file"
	}
	return family + extensions[plainType(mediaType)]
}

// described is what WhatsApp tells of a file. Its address is good for five minutes.
type described struct {
	URL    string      `json:"url"`
	Type   string      `json:"mime_type"`
	SHA256 string      `json:"sha256"`
	Size   json.Number `json:"file_size"`
}

// Fetch implements channels.Fetcher: the file's id gives an address, and the address the bytes. The token
// goes to Meta's own servers alone.
func (a *Account) Fetch(ctx context.Context, m channels.Media, to channels.Files) (channels.File, error) {
	if !isMediaID(m.Ref) {
		return channels.File{}, failure(channels.Permanent, CodeMediaGone)
	}
	answer, err := a.graph.get(ctx, m.Ref, url.Values{"phone_number_id": {a.settings.number}})
	if err != nil {
		if err.Kind == channels.Permanent {
			err.Code = CodeMediaGone
		}
		return channels.File{}, err
	}
	var d described
	if json.Unmarshal(answer, &d) != nil {
		return channels.File{}, failure(channels.Transient, CodeUnclear)
	}
	if size, bad := d.Size.Int64(); bad == nil && size > maxDocument {
		return channels.File{}, failure(channels.Permanent, channels.CodeFileTooLarge)
	}
	address, bad := url.Parse(d.URL)
	if bad != nil || !a.settings.trusts(address) {
		return channels.File{}, failure(channels.Permanent, CodeMediaHost)
	}
	f, err := a.download(ctx, address, m, d, to)
	return f, asError(err)
}

// isMediaID keeps what is no id out of an address.
func isMediaID(ref string) bool {
	return ref != "" && len(ref) <= 200 && !strings.ContainsFunc(ref, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '_' && r != '-'
	})
}

// metaHosts are the domains that Meta serves files from.
var metaHosts = []string{"fbsbx.com", "fbcdn.net", "facebook.com", "whatsapp.net"}

// trusts tells whether the token may go to an address: Meta's own servers, or where all calls go.
func (s settings) trusts(u *url.URL) bool {
	if u.User != nil {
		return false
	}
	if u.Host == s.base.Host && u.Scheme == s.base.Scheme {
		return true
	}
	return u.Scheme == "https" && u.Port() == "" && slices.ContainsFunc(metaHosts, func(domain string) bool {
		host := strings.ToLower(u.Hostname())
		return host == domain || strings.HasSuffix(host, "."+domain)
	})
}

func (a *Account) download(ctx context.Context, address *url.URL, m channels.Media, d described, to channels.Files) (channels.File, *channels.Error) {
	ctx, cancel := bounded(ctx)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address.String(), nil)
	if err != nil {
		return channels.File{}, failure(channels.Permanent, CodeMediaHost)
	}
	resp, err := a.graph.do(req)
	if err != nil {
		return channels.File{}, unreached(err)
	}
	defer resp.Body.Close()
	switch {
	case resp.StatusCode == http.StatusNotFound || resp.StatusCode == http.StatusGone:
		return channels.File{}, failure(channels.Permanent, CodeMediaGone)
	case resp.StatusCode != http.StatusOK:
		e := harmless(judgeStatus(resp.StatusCode, resp.Header))
		if e.Kind == channels.AuthFailed { // an address that ran out looks so too; the token is tried elsewhere
			e = failure(channels.Transient, CodeMediaGone)
		}
		return channels.File{}, e
	case resp.ContentLength > maxDocument:
		return channels.File{}, failure(channels.Permanent, channels.CodeFileTooLarge)
	}
	mediaType := d.Type
	if mediaType == "" {
		mediaType = m.Type
	}
	sum, count := sha256.New(), counter(0)
	f, err := to.Put(ctx, fileName(m.Name, mediaType), mediaType, io.TeeReader(resp.Body, io.MultiWriter(sum, &count)), maxDocument)
	switch {
	case err != nil && count > maxDocument:
		return channels.File{}, failure(channels.Permanent, channels.CodeFileTooLarge)
	case err != nil:
		e := failure(channels.Transient, CodeUnreachable)
		e.Err = err
		return channels.File{}, e
	case !sameSum(d.SHA256, sum.Sum(nil)):
		return channels.File{}, failure(channels.Transient, CodeMediaDamaged)
	}
	return f, nil
}

// counter counts the bytes written to it.
type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// sameSum compares a hash as Meta writes it, in hex or Base64, with the one of what came. None is no fault.
func sameSum(announced string, got []byte) bool {
	return announced == "" || strings.EqualFold(announced, hex.EncodeToString(got)) || announced == base64.StdEncoding.EncodeToString(got)
}
