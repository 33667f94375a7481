package testenv

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// prepare writes everything that a server needs into its folder, gives it addresses, and returns
// the path of its configuration.
func (d *Dovecot) prepare(dir string, o DovecotOptions) (string, error) {
	ports := make([]int, 3)
	for i := range ports {
		var err error
		if ports[i], err = freePort(); err != nil {
			return "", err
		}
	}
	address := func(i int) string { return "127.0.0.1:" + strconv.Itoa(ports[i]) }
	d.IMAP, d.IMAPS, d.lmtp = address(0), address(1), address(2)
	certificate, key, err := selfSigned()
	if err != nil {
		return "", err
	}
	d.Certificate = certificate
	who, group, err := d.user.names()
	if err != nil {
		return "", err
	}
	config := strings.NewReplacer(
		"$DIR", dir, "$USER", who, "$GROUP", group,
		"$IMAPS", strconv.Itoa(ports[1]), "$IMAP", strconv.Itoa(ports[0]), "$LMTP", strconv.Itoa(ports[2]),
	).Replace(dovecotConfig)
	if o.NoIdle {
		config += "imap_capability = IMAP4rev1 SASL-IR LITERAL+ UIDPLUS SPECIAL-USE LIST-EXTENDED ESEARCH\n"
	}
	if o.Introspect != "" {
		config += fmt.Sprintf(oauthConfig, dir)
	}
	files := map[string]string{
		"dovecot.conf": config, "cert.pem": string(certificate), "key.pem": string(key),
		"oauth2.conf": fmt.Sprintf("introspection_mode = auth\nintrospection_url = %s\nusername_attribute = username\nactive_attribute = active\nactive_value = true\n", o.Introspect),
	}
	for name, text := range files {
		if err := d.user.file(filepath.Join(dir, name), []byte(text)); err != nil {
			return "", err
		}
	}
	for _, name := range []string{"run", "state", "mail", "users"} {
		if err := d.user.folders(filepath.Join(dir, name), dir); err != nil {
			return "", err
		}
	}
	return filepath.Join(dir, "dovecot.conf"), nil
}

// dovecotConfig runs everything as one ordinary user, without chroots, privileges or the disk's
// guarantees: what a test's mailbox holds need not survive a power cut.
const dovecotConfig = `
base_dir = $DIR/run
state_dir = $DIR/state
log_path = /dev/stderr
listen = 127.0.0.1
protocols = imap lmtp
default_internal_user = $USER
default_internal_group = $GROUP
default_login_user = $USER
first_valid_uid = 1
first_valid_gid = 1
mail_uid = $USER
mail_gid = $GROUP
mail_location = maildir:~/Maildir
mail_fsync = never
maildir_stat_dirs = yes
mail_max_userip_connections = 0
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
auth_cache_size = 0
ssl = yes
ssl_cert = <$DIR/cert.pem
ssl_key = <$DIR/key.pem
lmtp_save_to_detail_mailbox = no
passdb {
  driver = passwd-file
  args = username_format=%u $DIR/users/%u
}
userdb {
  driver = static
  args = uid=$USER gid=$GROUP home=$DIR/mail/%u allow_all_users=yes
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Sent {
    special_use = \Sent
    auto = create
  }
}
service anvil {
  chroot =
}
service imap-login {
  chroot =
  service_count = 0
  process_min_avail = 1
  client_limit = 1000
  inet_listener imap {
    port = $IMAP
  }
  inet_listener imaps {
    port = $IMAPS
    ssl = yes
  }
}
service imap {
  process_limit = 1000
  process_min_avail = 2
  service_count = 100
}
service auth {
  client_limit = 2000
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = $LMTP
  }
}
`

// oauthConfig adds tokens to the ways of signing in.
const oauthConfig = `
auth_mechanisms = plain login xoauth2 oauthbearer
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = %s/oauth2.conf
}
`

// names returns what the account's user and group are called.
func (a account) names() (who, group string, err error) {
	u, err := user.LookupId(strconv.Itoa(a.uid))
	if err != nil {
		return "", "", fmt.Errorf("name user: %w", err)
	}
	g, err := user.LookupGroupId(strconv.Itoa(a.gid))
	if err != nil {
		return "", "", fmt.Errorf("name group: %w", err)
	}
	return u.Username, g.Name, nil
}

// file writes a file that belongs to the account.
func (a account) file(path string, content []byte) error {
	if err := os.WriteFile(path, content, 0o600); err != nil {
		return fmt.Errorf("write server file: %w", err)
	}
	if err := os.Chown(path, a.uid, a.gid); err != nil {
		return fmt.Errorf("give server file away: %w", err)
	}
	return nil
}

// folders makes a folder and what is missing above it, up to a root, belong to the account.
func (a account) folders(path, root string) error {
	if path == root {
		return nil
	}
	if err := a.folders(filepath.Dir(path), root); err != nil {
		return err
	}
	if err := os.Mkdir(path, 0o700); os.IsExist(err) {
		return nil
	} else if err != nil {
		return fmt.Errorf("make server folder: %w", err)
	}
	if err := os.Chown(path, a.uid, a.gid); err != nil {
		return fmt.Errorf("give server folder away: %w", err)
	}
	return nil
}

// selfSigned returns a certificate for this machine and its key, as PEM.
func selfSigned() (certificate, key []byte, err error) {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, fmt.Errorf("make key: %w", err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: "localhost"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		DNSNames: []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	signed, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		return nil, nil, fmt.Errorf("sign certificate: %w", err)
	}
	der, err := x509.MarshalECPrivateKey(private)
	if err != nil {
		return nil, nil, fmt.Errorf("write key: %w", err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: signed}),
		pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: der}), nil
}
