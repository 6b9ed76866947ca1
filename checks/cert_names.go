package checks

import (
	"bytes"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/crypto/cryptobyte"
	cryptobyteasn1 "golang.org/x/crypto/cryptobyte/asn1"
)

// The forms of names that constraints know (RFC 5280 section 4.2.1.6), by their
// tags.
const (
	formEmail     = 1
	formDNS       = 2
	formDirectory = 4
	formURI       = 6
	formIP        = 7
)

// maxComparisons of names with constraints is OpenSSL's limit, past which it
// refuses the chain (NAME_CHECK_MAX).
const maxComparisons = 1 << 20

// A generalName is a name of some form, as bytes that may not even be one.
type generalName struct {
	form int
	data []byte
}

// nameLimits are the name constraints of an issuer.
type nameLimits struct {
	permitted, excluded []generalName
}

// namesBarrier looks for a name of a chain that an issuer above it may not issue
// for. Self-issued certificates are exempt but for the leaf (RFC 5280 section
// 4.2.1.10).
func namesBarrier(chain []*x509.Certificate) *barrier {
	for i := len(chain) - 1; i > 0; i-- {
		e, limited := extension(chain[i], oidNameConstraints)
		if !limited {
			continue
		}
		limits, err := readLimits(e.Value)
		if bad := defectOf(chain[i], oidNameConstraints); bad != nil {
			err = bad
		}
		if err != nil {
			return &barrier{"cert.name-constraint", fmt.Sprintf("the name constraints of %s cannot be read (%s)", subjectOf(chain[i]), shorten(err.Error()))}
		}
		for j, c := range chain[:i] {
			if j > 0 && selfIssued(c) {
				continue
			}
			if why := limits.forbid(c); why != "" {
				return &barrier{"cert.name-constraint", fmt.Sprintf("%s may not issue for %s", subjectOf(chain[i]), why)}
			}
		}
	}
	return nil
}

// forbid names what is outside the limits of a certificate's names, or is "".
func (l nameLimits) forbid(c *x509.Certificate) string {
	names := generalNames(c)
	if count := len(names) + len(c.Subject.Names); count*(len(l.permitted)+len(l.excluded)) > maxComparisons {
		return fmt.Sprintf("%d names by %d constraints, more than OpenSSL compares", count, len(l.permitted)+len(l.excluded))
	}
	for _, name := range names {
		switch {
		case l.limits(name.form) && !name.wellFormed():
			return name.text() + ", which cannot be read"
		case slices.ContainsFunc(l.excluded, name.mayBeWithin):
			return name.text() + ", which its name constraints exclude"
		case l.permits(name.form) && !slices.ContainsFunc(l.permitted, name.isWithin):
			return name.text() + ", which its name constraints do not permit"
		}
	}
	return ""
}

// permits reports that only some names of a form are permitted.
func (l nameLimits) permits(form int) bool { return hasForm(l.permitted, form) }

func (l nameLimits) limits(form int) bool { return l.permits(form) || hasForm(l.excluded, form) }

func hasForm(names []generalName, form int) bool {
	return slices.ContainsFunc(names, func(n generalName) bool { return n.form == form })
}

// generalNames are the alternative names of a certificate and its subject, to which
// constraints of directory names apply.
func generalNames(c *x509.Certificate) []generalName {
	var names []generalName
	if hasSubject(c) {
		names = append(names, generalName{formDirectory, c.RawSubject})
	}
	e, ok := extension(c, oidSubjectAltName)
	outer := cryptobyte.String(e.Value)
	var list cryptobyte.String
	if !ok || !outer.ReadASN1(&list, cryptobyteasn1.SEQUENCE) {
		return names
	}
	for !list.Empty() {
		name, ok := readGeneralName(&list)
		if !ok {
			break
		}
		names = append(names, name)
	}
	return names
}

func hasSubject(c *x509.Certificate) bool { return !bytes.Equal(c.RawSubject, []byte{0x30, 0}) }

func readGeneralName(from *cryptobyte.String) (generalName, bool) {
	var data cryptobyte.String
	var tag cryptobyteasn1.Tag
	if !from.ReadAnyASN1(&data, &tag) {
		return generalName{}, false
	}
	name := generalName{int(tag & 0x1f), data}
	if name.form == formDNS || name.form == formURI {
		name.data = bytes.ToLower(data)
	}
	return name, true
}

// readLimits reads the extension (RFC 5280 section 4.2.1.10).
func readLimits(value []byte) (nameLimits, error) {
	var l nameLimits
	outer := cryptobyte.String(value)
	var trees cryptobyte.String
	if !outer.ReadASN1(&trees, cryptobyteasn1.SEQUENCE) {
		return l, errNoLimits
	}
	for n, into := range []*[]generalName{&l.permitted, &l.excluded} {
		var list cryptobyte.String
		var there bool
		if !trees.ReadOptionalASN1(&list, &there, contextTag(n).Constructed()) {
			return l, errNoLimits
		}
		for !list.Empty() {
			var tree cryptobyte.String
			if !list.ReadASN1(&tree, cryptobyteasn1.SEQUENCE) {
				return l, errNoLimits
			}
			base, ok := readGeneralName(&tree)
			if !ok {
				return l, errNoLimits
			}
			*into = append(*into, base)
		}
	}
	return l, nil
}

var errNoLimits = errors.New("they are not what RFC 5280 describes")

// wellFormed reports a name that can be compared at all.
func (n generalName) wellFormed() bool {
	switch n.form {
	case formIP:
		return len(n.data) == net.IPv4len || len(n.data) == net.IPv6len
	case formDNS:
		return hasLabels(strings.TrimPrefix(string(n.data), "*."))
	case formURI:
		u, err := url.Parse(string(n.data))
		return err == nil && u.Hostname() != ""
	case formEmail:
		return strings.Count(string(n.data), "@") == 1
	}
	return true
}

// hasLabels reports labels between periods, whatever characters they are of.
func hasLabels(name string) bool {
	for label := range strings.SplitSeq(strings.TrimSuffix(name, "."), ".") {
		if label == "" || strings.ContainsFunc(label, func(r rune) bool { return r <= ' ' || r > '~' }) {
			return false
		}
	}
	return true
}

// text is a name as people write it.
func (n generalName) text() string {
	switch n.form {
	case formIP:
		if n.wellFormed() {
			return net.IP(n.data).String()
		}
		return fmt.Sprintf("an address of %d bytes", len(n.data))
	case formDNS, formEmail, formURI:
		return shorten(string(n.data))
	case formDirectory:
		return nameOf(directoryName(n.data))
	}
	return "a name of a form that clients do not know"
}

func directoryName(der []byte) pkix.Name {
	var sequence pkix.RDNSequence
	var name pkix.Name
	if _, err := asn1.Unmarshal(der, &sequence); err == nil {
		name.FillFromRDNSequence(&sequence)
	}
	return name
}
