package simulator

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"slices"
	"sync"
	"time"
)

// authority is the server's own root, and what it signs for its https. Both keys are
// held in memory only.
type authority struct {
	// root is PEM.
	root []byte
	// config signs the certificate when the first app wants https: most do not.
	config func() (*tls.Config, error)
}

// names are what the certificate is good for, and all that the root may sign.
type names struct {
	dns []string
	ips []net.IP
}

// namesOf are those of this machine, of Slack, and of the address that is listened on.
func namesOf(host string) names {
	n := names{
		dns: []string{"localhost", "slack.com"},
		ips: []net.IP{net.IPv4(127, 0, 0, 1).To4(), net.IPv6loopback},
	}
	address := net.ParseIP(host)
	switch {
	case host == "":
	case address == nil:
		if !slices.Contains(n.dns, host) {
			n.dns = append(n.dns, host)
		}
	case address.IsUnspecified():
		all, _ := net.InterfaceAddrs()
		for _, a := range all {
			if network, ok := a.(*net.IPNet); ok {
				n.add(network.IP)
			}
		}
	default:
		n.add(address)
	}
	return n
}

func (n *names) add(address net.IP) {
	if four := address.To4(); four != nil {
		address = four
	}
	if !slices.ContainsFunc(n.ips, address.Equal) {
		n.ips = append(n.ips, address)
	}
}

// valid is how long a fake Slack's certificates hold; macOS takes no more than 825
// days.
const valid = 365 * 24 * time.Hour

// newAuthority makes a root.
func newAuthority(n names) (*authority, error) {
	// Apps judge by the machine's clock, not by Slack's.
	now := time.Now()
	root := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "belay's fake Slack, this run only"},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(valid),
		IsCA: true, BasicConstraintsValid: true, MaxPathLenZero: true,
		KeyUsage:                    x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
		PermittedDNSDomainsCritical: true, PermittedDNSDomains: n.dns,
	}
	for _, ip := range n.ips {
		root.PermittedIPRanges = append(root.PermittedIPRanges, &net.IPNet{IP: ip, Mask: net.CIDRMask(8*len(ip), 8*len(ip))})
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("making the root's key: %w", err)
	}
	signed, err := x509.CreateCertificate(rand.Reader, root, root, key.Public(), key)
	if err != nil {
		return nil, fmt.Errorf("signing the root: %w", err)
	}
	return &authority{
		root:   pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: signed}),
		config: sync.OnceValues(func() (*tls.Config, error) { return certified(n, root, key) }),
	}, nil
}

// certified presents a certificate below the root, whose key signs it.
func certified(n names, root *x509.Certificate, rootKey *ecdsa.PrivateKey) (*tls.Config, error) {
	leaf := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "belay's fake Slack"},
		NotBefore: root.NotBefore, NotAfter: root.NotAfter,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		DNSNames: append([]string{"*.slack.com"}, n.dns...), IPAddresses: n.ips,
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("making the certificate's key: %w", err)
	}
	signed, err := x509.CreateCertificate(rand.Reader, leaf, root, key.Public(), rootKey)
	if err != nil {
		return nil, fmt.Errorf("signing the certificate: %w", err)
	}
	return &tls.Config{
		Certificates: []tls.Certificate{{Certificate: [][]byte{signed}, PrivateKey: key}},
		// Slack has taken nothing older since March 2020.
		MinVersion: tls.VersionTLS12,
		NextProtos: []string{"http/1.1"},
	}, nil
}
