package checks

import (
	"bytes"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"net/url"
	"strings"
)

// isWithin reports that a name, and everything that it stands for, is within a
// constraint of the same form. Of a form that nobody knows nothing is (RFC 5280
// section 4.2.1.10 has such a certificate rejected).
func (n generalName) isWithin(base generalName) bool {
	return n.form == base.form && n.matches(base, func(name, domain string) bool {
		return underDomain(strings.TrimPrefix(name, "*."), domain)
	})
}

// mayBeWithin reports that a name, or one that its wildcard stands for, is within a
// constraint (CVE-2025-61727).
func (n generalName) mayBeWithin(base generalName) bool {
	if n.form != base.form {
		return false
	}
	if !n.known() {
		return true
	}
	return n.matches(base, func(name, domain string) bool {
		parent, wildcard := strings.CutPrefix(name, "*.")
		if !wildcard {
			return underDomain(name, domain)
		}
		_, above, _ := strings.Cut(domain, ".")
		return underDomain(parent, domain) || above == parent
	})
}

// known forms are those that can be compared.
func (n generalName) known() bool {
	switch n.form {
	case formEmail, formDNS, formDirectory, formURI, formIP:
		return true
	}
	return false
}

func (n generalName) matches(base generalName, under func(name, domain string) bool) bool {
	name, limit := string(n.data), string(base.data)
	switch n.form {
	case formDNS:
		return under(strings.TrimSuffix(name, "."), strings.TrimSuffix(limit, "."))
	case formEmail:
		return emailWithin(name, limit)
	case formURI:
		u, err := url.Parse(name)
		return err == nil && hostWithin(u.Hostname(), limit)
	case formIP:
		return addressWithin(n.data, base.data)
	case formDirectory:
		return directoryWithin(n.data, base.data)
	}
	return false
}

// underDomain reports a name that is the domain or below it. A leading period,
// which RFC 5280 does not have here, asks for a name below.
func underDomain(name, domain string) bool {
	if domain == "" || name == domain {
		return true
	}
	return strings.HasSuffix(name, "."+strings.TrimPrefix(domain, "."))
}

// hostWithin compares the host of a URI or of a mailbox: with a leading period the
// constraint is a domain, else a host.
func hostWithin(host, limit string) bool {
	if strings.HasPrefix(limit, ".") {
		return strings.HasSuffix(host, limit)
	}
	return host == limit
}

func emailWithin(mailbox, limit string) bool {
	if strings.Contains(limit, "@") {
		local, host, _ := strings.Cut(mailbox, "@")
		limitLocal, limitHost, _ := strings.Cut(limit, "@")
		return local == limitLocal && strings.EqualFold(host, limitHost)
	}
	_, host, _ := strings.Cut(mailbox, "@")
	return hostWithin(strings.ToLower(host), strings.ToLower(limit))
}

// addressWithin compares an address with a network: address and mask in a row.
func addressWithin(address, network []byte) bool {
	if len(network) != 2*len(address) {
		return false
	}
	base, mask := network[:len(address)], network[len(address):]
	for i := range address {
		if address[i]&mask[i] != base[i]&mask[i] {
			return false
		}
	}
	return true
}

// directoryWithin reports that a directory name begins with the parts of another
// (RFC 5280 section 7.1).
func directoryWithin(name, base []byte) bool {
	var parts, limit pkix.RDNSequence
	if bytes.Equal(name, base) {
		return true
	}
	if _, err := asn1.Unmarshal(name, &parts); err != nil {
		return false
	}
	if _, err := asn1.Unmarshal(base, &limit); err != nil || len(limit) > len(parts) {
		return false
	}
	for i := range limit {
		if directoryPart(limit[i]) != directoryPart(parts[i]) {
			return false
		}
	}
	return true
}

// directoryPart is a part of a directory name as it is compared: without regard to
// capitals and to how many spaces stand between words.
func directoryPart(set pkix.RelativeDistinguishedNameSET) string {
	var parts []string
	for _, a := range set {
		value := strings.Join(strings.Fields(strings.ToLower(fmt.Sprint(a.Value))), " ")
		parts = append(parts, a.Type.String()+"="+value)
	}
	return strings.Join(parts, "+")
}
