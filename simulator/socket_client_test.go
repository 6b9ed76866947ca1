package simulator_test

import (
	"bufio"
	"context"
	"encoding/binary"
	"encoding/json"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/coder/websocket"
	"github.com/gobwas/ws"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator"
)

const appToken = "Bearer xapp-1-ABELAY00000-1-abc"

// ticket is the address of a new socket.
func ticket(s *simulator.Server) string {
	GinkgoHelper()
	var opened struct {
		OK  bool
		URL string
	}
	Expect(json.Unmarshal([]byte(ask("POST", s.API()+"apps.connections.open", "", "", appToken)), &opened)).To(Succeed())
	Expect(opened.OK).To(BeTrue())
	return opened.URL
}

// said is a message of Slack's end.
type said struct {
	Type           string          `json:"type"`
	Reason         string          `json:"reason"`
	NumConnections int             `json:"num_connections"`
	EnvelopeID     string          `json:"envelope_id"`
	Payload        json.RawMessage `json:"payload"`
	Accepts        bool            `json:"accepts_response_payload"`
	RetryAttempt   *int            `json:"retry_attempt"`
	RetryReason    *string         `json:"retry_reason"`
	raw            []byte
}

// client is an app's end of a socket.
type client struct {
	*websocket.Conn
	heard chan said
	pings chan string
	// ended gets why the connection ended.
	ended chan error
}

// open connects to an address and reads in the background.
func open(address string) *client {
	GinkgoHelper()
	c := &client{heard: make(chan said, 100), pings: make(chan string, 100), ended: make(chan error, 1)}
	conn, _, err := websocket.Dial(context.Background(), address, &websocket.DialOptions{
		OnPingReceived: func(_ context.Context, data []byte) bool { c.pings <- string(data); return true },
	})
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(func() { _ = conn.CloseNow() })
	conn.SetReadLimit(-1)
	c.Conn = conn
	go func() {
		for {
			_, text, err := conn.Read(context.Background())
			if err != nil {
				c.ended <- err
				return
			}
			m := said{raw: text}
			_ = json.Unmarshal(text, &m)
			c.heard <- m
		}
	}()
	return c
}

// connect opens a socket and takes its hello.
func connect(s *simulator.Server) *client {
	GinkgoHelper()
	c := open(ticket(s))
	Expect(c.next().Type).To(Equal("hello"))
	Eventually(func() int { return len(s.Sockets()) }).Should(BeNumerically(">", 0))
	return c
}

// next is the next message.
func (c *client) next() said {
	GinkgoHelper()
	var m said
	Eventually(c.heard).Should(Receive(&m))
	return m
}

func (c *client) say(text string) {
	GinkgoHelper()
	Expect(c.Write(context.Background(), websocket.MessageText, []byte(text))).To(Succeed())
}

// ack acknowledges, with a payload where one is given.
func (c *client) ack(m said, payload ...string) {
	GinkgoHelper()
	c.say(ackText(m, payload...))
}

func ackText(m said, payload ...string) string {
	if len(payload) == 0 {
		return `{"envelope_id":"` + m.EnvelopeID + `"}`
	}
	return `{"envelope_id":"` + m.EnvelopeID + `","payload":` + payload[0] + `}`
}

// rawClient speaks frames, right and wrong ones.
type rawClient struct {
	net.Conn
	in *bufio.Reader
}

func openRaw(s *simulator.Server) *rawClient {
	GinkgoHelper()
	dialer := ws.Dialer{Timeout: 5 * time.Second, Header: ws.HandshakeHeaderHTTP(http.Header{"Origin": {"https://elsewhere.example"}})}
	conn, in, _, err := dialer.Dial(context.Background(), ticket(s))
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(conn.Close)
	Expect(conn.SetDeadline(time.Now().Add(10 * time.Second))).To(Succeed())
	if in == nil {
		in = bufio.NewReader(conn)
	}
	c := &rawClient{conn, in}
	Expect(c.text()).To(ContainSubstring("hello"))
	return c
}

// frame is the next frame of Slack's end.
func (c *rawClient) frame() ws.Frame {
	GinkgoHelper()
	//lint:ignore SA1019 the other end is ours, and what it sends is small
	f, err := ws.ReadFrame(c.in)
	Expect(err).NotTo(HaveOccurred())
	return f
}

func (c *rawClient) text() string {
	GinkgoHelper()
	f := c.frame()
	Expect(f.Header.OpCode).To(Equal(ws.OpText))
	return string(f.Payload)
}

// closing is the code and the reason of the close frame that comes next.
func (c *rawClient) closing() (ws.StatusCode, string) {
	GinkgoHelper()
	f := c.frame()
	Expect(f.Header.OpCode).To(Equal(ws.OpClose))
	return ws.ParseCloseFrameData(f.Payload)
}

func (c *rawClient) send(frames ...ws.Frame) {
	GinkgoHelper()
	for _, f := range frames {
		Expect(ws.WriteFrame(c, ws.MaskFrame(f))).To(Succeed())
	}
}

// pieces is a text in that many frames.
func pieces(text string, n int) []ws.Frame {
	var frames []ws.Frame
	size := len(text)/n + 1
	for i := 0; len(text) > 0; i++ {
		part := text[:min(size, len(text))]
		text = strings.TrimPrefix(text, part)
		op := ws.OpContinuation
		if i == 0 {
			op = ws.OpText
		}
		frames = append(frames, ws.NewFrame(op, text == "", []byte(part)))
	}
	return frames
}

// hugeHeader announces a masked text of that length.
func hugeHeader(length uint64) []byte {
	b := []byte{0x81, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4}
	binary.BigEndian.PutUint64(b[2:], length)
	return b
}
