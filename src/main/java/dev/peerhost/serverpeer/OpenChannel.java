package dev.peerhost.serverpeer;

import java.util.concurrent.CompletableFuture;

/** What a connection has of a channel; all of it is an operation of the connection, but for the report's counts. */
interface OpenChannel {

    /** Starts to listen. */
    void start();

    /** How it is; asks the native library. */
    ChannelReport report();

    /**
     * Ends it on our side: no callback and no send after this. What has come is still handled.
     *
     * @param replaced whether another connection with the same browser takes the place of this one
     */
    void end(boolean replaced);

    /** Gives the native object up, after {@link #end}; completes when nobody uses it any more. */
    CompletableFuture<Void> release();
}
