// echo-pion PORT: as echo-node.mjs, with Pion (Debian's golang-github-pion-webrtc.v3-dev).
package main

import (
	"io"
	"log"
	"net/http"
	"os"

	"github.com/pion/webrtc"
)

func echo(channel *webrtc.DataChannel) {
	channel.OnMessage(func(message webrtc.DataChannelMessage) {
		var err error
		if message.IsString {
			err = channel.SendText(string(message.Data))
		} else {
			err = channel.Send(message.Data)
		}
		if err != nil {
			log.Print(err)
		}
	})
}

func answer(offer string) (string, error) {
	connection, err := webrtc.NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		return "", err
	}
	connection.OnDataChannel(echo)
	connection.OnConnectionStateChange(func(state webrtc.PeerConnectionState) {
		if state == webrtc.PeerConnectionStateDisconnected || state == webrtc.PeerConnectionStateFailed {
			_ = connection.Close()
		}
	})
	if err := connection.SetRemoteDescription(webrtc.SessionDescription{Type: webrtc.SDPTypeOffer, SDP: offer}); err != nil {
		return "", err
	}
	gathered := webrtc.GatheringCompletePromise(connection)
	description, err := connection.CreateAnswer(nil)
	if err != nil {
		return "", err
	}
	if err := connection.SetLocalDescription(description); err != nil {
		return "", err
	}
	<-gathered
	return connection.LocalDescription().SDP, nil
}

func main() {
	http.HandleFunc("/", func(response http.ResponseWriter, request *http.Request) {
		if request.Method != http.MethodPost {
			return
		}
		body, err := io.ReadAll(request.Body)
		if err == nil {
			var sdp string
			if sdp, err = answer(string(body)); err == nil {
				_, err = io.WriteString(response, sdp)
			}
		}
		if err != nil {
			http.Error(response, err.Error(), http.StatusInternalServerError)
		}
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Args[1], nil))
}
