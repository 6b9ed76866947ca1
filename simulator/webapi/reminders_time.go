package webapi

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// when reads the time of a reminder: a Unix time, seconds from now within a day, or
// English. Slack understands more English than this: what sounds like a time and is not
// understood becomes tomorrow at nine. The second value reports whether it recurs, the
// third is false for what is no time at all.
func when(text string, now time.Time) (time.Time, bool, bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		switch at := time.Unix(n, 0); {
		case n > 0 && n <= 24*60*60:
			return now.Add(time.Duration(n) * time.Second), false, true
		case at.After(now) && at.Before(now.AddDate(5, 0, 1)):
			return at, false, true
		}
		return now, false, false
	}
	words := strings.Fields(text)
	if in, ok := inAWhile(words); ok {
		return now.Add(in), false, true
	}
	year, month, day := now.Date()
	tomorrow := time.Date(year, month, day+1, 9, 0, 0, 0, now.Location())
	return tomorrow, slices.Contains(words, "every"), slices.ContainsFunc(words, timely)
}

// inAWhile reads "in 15 minutes".
func inAWhile(words []string) (time.Duration, bool) {
	if len(words) != 3 || words[0] != "in" {
		return 0, false
	}
	n, err := strconv.Atoi(words[1])
	if words[1] == "a" || words[1] == "an" {
		n, err = 1, nil
	}
	units := map[string]time.Duration{
		"second": time.Second, "minute": time.Minute, "hour": time.Hour, "day": 24 * time.Hour, "week": 7 * 24 * time.Hour,
	}
	unit, ok := units[strings.TrimSuffix(words[2], "s")]
	return time.Duration(n) * unit, err == nil && ok && n > 0 && n < 10_000
}

// timely reports whether a word belongs to a time.
func timely(word string) bool {
	return strings.ContainsAny(word, "0123456789") || slices.Contains([]string{
		"today", "tonight", "tomorrow", "noon", "midnight", "morning", "afternoon", "evening", "day", "week", "weekday", "month", "year",
		"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
		"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
	}, strings.TrimSuffix(strings.Trim(word, ",."), "s"))
}
