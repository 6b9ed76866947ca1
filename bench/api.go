package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"net/url"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// The API's figures are the time of a call, with several connections at once, beside a
// server that answers the same bytes without thinking. Both are processes of their own,
// asked by a client that does as little as it can.
var (
	postMessageFigure = figure{
		name:    "postMessage",
		belay:   "chat.postMessage at belay serve, its record full",
		against: "as many bytes of a bare net/http handler",
		unit:    "ns", atMost: 1.25,
		measure: func(w *workshop) (measurement, error) {
			return measureAPI(w, "chat.postMessage", `{"channel":"C0BELAY0GEN","text":"Deployed 4f2a1 to production"}`)
		},
	}
	authTestFigure = figure{
		name:    "authTest",
		belay:   "auth.test at belay serve, its record full",
		against: "as many bytes of a bare net/http handler",
		unit:    "ns", atMost: 1.11,
		measure: func(w *workshop) (measurement, error) { return measureAPI(w, "auth.test", "") },
	}
	// slacktest runs in the process that asks, as it does in tests, and belay's server
	// beside it does, too.
	slacktestFigure = figure{
		name:    "slacktest",
		belay:   "chat.postMessage at package simulator",
		against: "the same at slack-go's slacktest",
		unit:    "ns", atMost: 0.87,
		measure: measureSlacktest,
	}
	memoryFigure = figure{
		name: "memory", belay: "resident set of belay serve after 200,000 posted messages",
		unit: "MB", atMost: 40,
		measure: measureMemory,
	}
	firstAnswerFigure = figure{
		name:    "firstAnswer",
		belay:   "belay serve, from exec to its first answer",
		against: "the same of a bare net/http server",
		unit:    "ms", atMost: 1.5,
		measure: measureFirstAnswer,
	}
)

const bareServer = `package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
)

func main() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Printf("{\"api\":\"http://%s/api/\"}\n", l.Addr())
	answer := []byte(os.Getenv("ANSWER"))
	panic(http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		_, _ = w.Write(answer)
	})))
}
`

// A process is a server that said where it listens.
type process struct {
	command *exec.Cmd
	address string
}

// startServer runs a server, and returns when it printed its line.
func (w *workshop) startServer(path string, env []string, args ...string) (*process, error) {
	command := exec.CommandContext(w.ctx, path, args...)
	command.Env = w.environment(env...)
	out, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", path, err)
	}
	p := &process{command: command}
	var line struct{ API string }
	if err := json.NewDecoder(out).Decode(&line); err != nil {
		p.end()
		return nil, fmt.Errorf("read where %s listens: %w", path, err)
	}
	u, err := url.Parse(line.API)
	if err != nil {
		p.end()
		return nil, fmt.Errorf("read where %s listens: %w", path, err)
	}
	p.address = u.Host
	return p, nil
}

func (p *process) end() {
	_ = p.command.Process.Kill()
	_ = p.command.Wait()
}

// startBare builds and runs the bare server with that answer.
func (w *workshop) startBare(answer string) (*process, error) {
	source, err := w.write("bare.go", []byte(bareServer))
	if err != nil {
		return nil, err
	}
	path, err := w.build("bare", source)
	if err != nil {
		return nil, err
	}
	return w.startServer(path, []string{"ANSWER=" + answer})
}

// measureAPI asks both servers in turn. The calls of the run that does not count fill
// the record.
func measureAPI(w *workshop, method, body string) (measurement, error) {
	slack, err := w.startServer(w.belay, nil, "serve", "--quiet")
	if err != nil {
		return measurement{}, err
	}
	defer slack.end()
	request := requestOf(method, body)
	answer, err := once(slack.address, request)
	if err != nil {
		return measurement{}, err
	}
	bare, err := w.startBare(answer)
	if err != nil {
		return measurement{}, err
	}
	defer bare.end()
	return loaded(w.ctx, w.pairs, slack.address, bare.address, request)
}

// loaded measures both addresses in turn.
func loaded(ctx context.Context, pairs int, belay, against string, request []byte) (measurement, error) {
	var m measurement
	for i := range pairs + 1 {
		a, err := load(ctx, belay, request, 20_000)
		if err != nil {
			return m, err
		}
		b, err := load(ctx, against, request, 20_000)
		if err != nil {
			return m, err
		}
		if i > 0 {
			m.belay, m.against = append(m.belay, a), append(m.against, b)
		}
	}
	return m, nil
}

// requestOf is the bytes of a call.
func requestOf(method, body string) []byte {
	return []byte("POST /api/" + method + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer xoxb-belay-bench\r\n" +
		"Content-Type: application/json; charset=utf-8\r\nContent-Length: " + strconv.Itoa(len(body)) + "\r\n\r\n" + body)
}

// connections is how many ask at once.
const connections = 8

// load asks so many times, over several connections, and returns the nanoseconds of
// one.
func load(ctx context.Context, address string, request []byte, times int) (float64, error) {
	var left atomic.Int64
	left.Store(int64(times))
	var wait sync.WaitGroup
	failed := make(chan error, connections)
	began := time.Now()
	for range connections {
		wait.Go(func() {
			c, err := dialHTTP(ctx, address)
			if err != nil {
				failed <- err
				return
			}
			defer c.conn.Close()
			for left.Add(-1) >= 0 && ctx.Err() == nil {
				if _, err := c.ask(request); err != nil {
					failed <- err
					return
				}
			}
		})
	}
	wait.Wait()
	took := time.Since(began)
	select {
	case err := <-failed:
		return 0, fmt.Errorf("load: %w", err)
	default:
		return float64(took) / float64(times), ctx.Err()
	}
}

// A plainClient does no more of HTTP than finding the end of an answer.
type plainClient struct {
	conn net.Conn
	in   *bufio.Reader
	body bytes.Buffer
}

func dialHTTP(ctx context.Context, address string) (*plainClient, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	return &plainClient{conn: conn, in: bufio.NewReader(conn)}, nil
}

// ask sends a request, and returns the body of an answer that is ok.
func (c *plainClient) ask(request []byte) ([]byte, error) {
	if _, err := c.conn.Write(request); err != nil {
		return nil, err
	}
	length := -1
	for first := true; ; first = false {
		line, err := c.in.ReadSlice('\n')
		switch {
		case err != nil:
			return nil, err
		case first && !bytes.HasPrefix(line, []byte("HTTP/1.1 200")):
			return nil, fmt.Errorf("answered %s", line)
		case len(line) <= 2:
			return c.rest(length)
		}
		if name, value, ok := bytes.Cut(line, []byte(": ")); ok && textproto.TrimString(string(name)) == "Content-Length" {
			length, _ = strconv.Atoi(string(bytes.TrimSpace(value)))
		}
	}
}

func (c *plainClient) rest(length int) ([]byte, error) {
	if length < 0 {
		return nil, errors.New("the answer has no length")
	}
	c.body.Reset()
	_, err := io.CopyN(&c.body, c.in, int64(length))
	if err == nil && !bytes.HasPrefix(c.body.Bytes(), []byte(`{"ok":true`)) {
		err = fmt.Errorf("answered %s", c.body.Bytes())
	}
	return c.body.Bytes(), err
}

// once asks once.
func once(address string, request []byte) (string, error) {
	c, err := dialHTTP(context.Background(), address)
	if err != nil {
		return "", err
	}
	defer c.conn.Close()
	answer, err := c.ask(request)
	return string(answer), err
}

// measureMemory reads what the kernel says of the process.
func measureMemory(w *workshop) (measurement, error) {
	slack, err := w.startServer(w.belay, nil, "serve", "--quiet")
	if err != nil {
		return measurement{}, err
	}
	defer slack.end()
	request := requestOf("chat.postMessage", `{"channel":"C0BELAY0GEN","text":"Deployed 4f2a1 to production"}`)
	if _, err := load(w.ctx, slack.address, request, 200_000); err != nil {
		return measurement{}, err
	}
	resident, err := residentMB(slack.command.Process.Pid)
	return measurement{belay: []float64{resident}}, err
}

// measureFirstAnswer runs each server as often, and asks it as soon as it listens.
func measureFirstAnswer(w *workshop) (measurement, error) {
	source, err := w.write("bare.go", []byte(bareServer))
	if err != nil {
		return measurement{}, err
	}
	bare, err := w.build("bare", source)
	if err != nil {
		return measurement{}, err
	}
	request := requestOf("auth.test", "")
	first := func(path string, args ...string) (float64, error) {
		began := time.Now()
		p, err := w.startServer(path, []string{`ANSWER={"ok":true}`}, args...)
		if err != nil {
			return 0, err
		}
		defer p.end()
		_, err = once(p.address, request)
		return float64(time.Since(began)) / float64(time.Millisecond), err
	}
	var m measurement
	for i := range max(w.pairs, 20) + 1 {
		a, err := first(w.belay, "serve", "--quiet")
		if err != nil {
			return m, err
		}
		b, err := first(bare)
		if err != nil {
			return m, err
		}
		if i > 0 {
			m.belay, m.against = append(m.belay, a), append(m.against, b)
		}
	}
	return m, nil
}

// hostOf is the address of a URL.
func hostOf(address string) string {
	return strings.TrimSuffix(strings.TrimPrefix(address, "http://"), "/")
}
