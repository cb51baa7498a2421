package dev.peerhost.channel;

/** Sends each message back in its own kind. */
record Echo(String label) implements ChannelHandler {

    @Override
    public void message(Channel channel, ChannelMessage message) throws InterruptedException {
        Replies.send(channel, message);
    }
}
