package dev.peerhost.signaling;

import java.util.Objects;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.apache.tomcat.websocket.server.WsHttpUpgradeHandler;
import org.jspecify.annotations.Nullable;

/** Tomcat's WebSocket, but for how it is read: see {@link PlainReading}. Public since Tomcat makes it. */
public final class SignalingUpgrade extends WsHttpUpgradeHandler {

    private @Nullable PlainReading reading;
    private @Nullable SocketWrapperBase<?> socket;
    private boolean mayWait = true;
    private PlainReading.End end = PlainReading.End.ALL_READ;

    void reading(PlainReading newReading) {
        reading = newReading;
    }

    @Override
    public void setSocketWrapper(SocketWrapperBase<?> socketWrapper) {
        super.setSocketWrapper(socketWrapper);
        socket = socketWrapper;
    }

    /** Whether a thread that must not wait may read it. */
    boolean isPlain() {
        return reading != null && reading.isPlain();
    }

    /**
     * What is read from here on is read by a thread that may wait, or by one that must not. Only with the socket's lock.
     */
    void mayWait(boolean may) {
        mayWait = may;
    }

    /** Whether a thread that may wait has to go on. */
    boolean isToBeHandedOver() {
        return end != PlainReading.End.ALL_READ;
    }

    @Override
    public SocketState upgradeDispatch(SocketEvent event) {
        if (event != SocketEvent.OPEN_READ || !isPlain()) {
            return super.upgradeDispatch(event);
        }
        SocketWrapperBase<?> from = Objects.requireNonNull(socket);
        end = Objects.requireNonNull(reading).read(from, mayWait);
        if (isToBeHandedOver()) {
            return mayWait ? super.upgradeDispatch(event) : SocketState.SUSPENDED;
        }
        return from.isClosed() ? SocketState.CLOSED : SocketState.UPGRADED;
    }
}
