package payload

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Tampers are the ways in which a user can spoil a delivery, as they are when
// nothing is written behind their names.
func Tampers() []Tamper {
	return []Tamper{
		Unsigned, NoSignature, NoTimestamp,
		open(SignedWith("belay-wrong-signing-secret", "a wrong secret"), "SECRET", func(value string) (Tamper, error) {
			return SignedWith(Secret(value), "a wrong secret"), nil
		}),
		EmptySecret, Forged, VersionOne, Truncated,
		open(Stale(10*time.Minute), "DURATION", duration(Stale)),
		open(Future(10*time.Minute), "DURATION", duration(Future)),
		TamperedBody,
		open(reencoded(""), strings.Join(reencodings, "|"), func(value string) (Tamper, error) {
			return reencoded(value), choice(value, reencodings)
		}),
		open(WrongToken("belay-wrong-verification-token"), "TOKEN", func(value string) (Tamper, error) {
			return WrongToken(Secret(value)), nil
		}),
		open(headerCase("lower"), "lower|upper", func(value string) (Tamper, error) {
			return headerCase(value), choice(value, []string{"lower", "upper"})
		}),
		LostFirst, Duplicate,
	}
}

// ParseTamper reads NAME or NAME=VALUE.
func ParseTamper(text string) (Tamper, error) {
	name, value, has := strings.Cut(text, "=")
	var names []string
	for _, t := range Tampers() {
		switch {
		case t.Name != name:
			names = append(names, t.Name)
			continue
		case !has:
			return t, nil
		case t.with == nil:
			return Tamper{}, fmt.Errorf("%s takes no value, but %q stands behind it", name, value)
		case value == "":
			return Tamper{}, fmt.Errorf("%s= lacks its value: want %s=%s, or %s alone", name, name, t.Value, name)
		}
		changed, err := t.with(value)
		if err != nil {
			return Tamper{}, fmt.Errorf("%s=%s: %w", name, value, err)
		}
		changed.Value, changed.with = t.Value, t.with
		return changed, nil
	}
	return Tamper{}, unknown("tamper", name, names)
}

// open is a tamper that takes a value.
func open(t Tamper, value string, with func(string) (Tamper, error)) Tamper {
	t.Value, t.with = value, with
	return t
}

func duration(of func(time.Duration) Tamper) func(string) (Tamper, error) {
	return func(value string) (Tamper, error) {
		d, err := time.ParseDuration(value)
		if err != nil || d <= 0 {
			return Tamper{}, errors.New("want a duration such as 6m or 301s")
		}
		return of(d), nil
	}
}

func choice(value string, of []string) error {
	if slices.Contains(of, value) {
		return nil
	}
	return unknown("value", value, of)
}

func headerCase(how string) Tamper {
	if how == "upper" {
		return HeaderCase(strings.ToUpper, "headers in upper case")
	}
	return HeaderCase(strings.ToLower, "headers in lower case")
}
