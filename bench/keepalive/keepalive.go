// A bare keep-alive client, and the receiver that it and the sender are measured with.
//
//	go run keepalive.go serve 50            prints 50 ports, answers 200 until its input ends
//	go run keepalive.go send 20000 50 PORT… sends so many requests, so many at a time, prints them a second
package main

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

func main() {
	if os.Args[1] == "serve" {
		serve(number(2))
	} else {
		send(number(2), number(3), os.Args[4:])
	}
}

func number(argument int) int {
	value, err := strconv.Atoi(os.Args[argument])
	if err != nil {
		panic(err)
	}
	return value
}

func serve(listeners int) {
	answer := http.HandlerFunc(func(out http.ResponseWriter, request *http.Request) {
		io.Copy(io.Discard, request.Body)
	})
	ports := []string{}
	for range listeners {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			panic(err)
		}
		ports = append(ports, strconv.Itoa(listener.Addr().(*net.TCPAddr).Port))
		go http.Serve(listener, answer)
	}
	fmt.Println(strings.Join(ports, " "))
	io.Copy(io.Discard, os.Stdin)
}

func send(requests int, atATime int, ports []string) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: atATime, MaxIdleConns: 10 * atATime}}
	body := []byte(`{"id":"evt_01kb0000000000000000000000","data":"` + strings.Repeat("x", 400) + `"}`)
	work := make(chan int)
	var all sync.WaitGroup
	begin := time.Now()
	for range atATime {
		all.Go(func() {
			for number := range work {
				url := "http://127.0.0.1:" + ports[number%len(ports)] + "/hook"
				answer, err := client.Post(url, "application/json", bytes.NewReader(body))
				if err != nil {
					panic(err)
				}
				io.Copy(io.Discard, answer.Body)
				answer.Body.Close()
			}
		})
	}
	for number := range requests {
		work <- number
	}
	close(work)
	all.Wait()
	fmt.Printf("%.0f\n", float64(requests)/time.Since(begin).Seconds())
}
