package webapi

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
)

// withBlockIDs gives the blocks that have none a block_id, as Slack does when it
// stores them. The members keep their order.
func (w *Workspace) withBlockIDs(blocks json.RawMessage) json.RawMessage {
	var all []json.RawMessage
	if json.Unmarshal(blocks, &all) != nil {
		return blocks
	}
	changed := false
	for i, b := range all {
		var head struct {
			BlockID string `json:"block_id"`
		}
		if json.Unmarshal(b, &head) != nil || head.BlockID != "" || len(b) < 2 || b[0] != '{' {
			continue
		}
		all[i] = with(b, "block_id", w.blockID())
		changed = true
	}
	if !changed {
		return blocks
	}
	encoded, err := json.Marshal(all)
	if err != nil {
		return blocks
	}
	return encoded
}

// blockID is a short id as Slack makes them.
func (w *Workspace) blockID() string {
	w.ids++
	var room [16]byte
	id := bytes.ToUpper(strconv.AppendUint(room[:0], w.ids, 36))
	return "be1a0"[:max(1, 5-len(id))] + string(id)
}

// with puts a member at the front of an encoded object.
func with(object json.RawMessage, name, value string) json.RawMessage {
	rest := strings.TrimLeft(string(object[1:]), " \t\r\n")
	if rest != "}" {
		rest = "," + rest
	}
	return json.RawMessage(`{"` + name + `":"` + value + `"` + rest)
}
