package webapi

import (
	"encoding/base64"
	"errors"
	"strconv"
	"strings"
)

// toCursor is where a page begins, opaque as Slack's.
func toCursor(from int) string {
	return base64.StdEncoding.EncodeToString([]byte("next:" + strconv.Itoa(from)))
}

// fromCursor reads a cursor; "" is the beginning.
func fromCursor(cursor string) (int, error) {
	if cursor == "" {
		return 0, nil
	}
	plain, err := base64.StdEncoding.DecodeString(cursor)
	if err != nil {
		return 0, err
	}
	number, ok := strings.CutPrefix(string(plain), "next:")
	from, err := strconv.Atoi(number)
	if !ok || err != nil || from < 0 {
		return 0, errors.New("no cursor of this server")
	}
	return from, nil
}
