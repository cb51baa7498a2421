package dev.peerhost.signaling;

import java.util.concurrent.Executor;
import org.apache.coyote.Processor;
import org.apache.coyote.UpgradeToken;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Tomcat's HTTP/1.1 whose poller, the thread that finds out which sockets have something, reads signaling sockets itself.
 * A signal takes some 20 µs, and to wake a worker for it, and another one when it was written, as much again. Public since
 * Tomcat makes it, by its name.
 */
public final class SignalingProtocol extends Http11NioProtocol {

    /** One that has no settings yet. */
    public SignalingProtocol() {
        super(new Endpoint());
    }

    /** Has a server speak it on all its ports, unless the application has chosen a protocol. */
    @Order(Ordered.HIGHEST_PRECEDENCE)
    static final class Choice implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

        @Override
        public void customize(TomcatServletWebServerFactory factory) {
            if (factory.getProtocol().equals(TomcatServletWebServerFactory.DEFAULT_PROTOCOL)) {
                factory.setProtocol(SignalingProtocol.class.getName());
            }
        }
    }

    private static final class Endpoint extends NioEndpoint {

        private volatile @Nullable Thread reading;

        /** Called by the poller with {@code dispatch}, which asks for a worker. */
        @Override
        public boolean processSocket(SocketWrapperBase<NioChannel> socket, SocketEvent event, boolean dispatch) {
            SignalingUpgrade signaling = dispatch && event == SocketEvent.OPEN_READ ? signaling(socket) : null;
            // Who has the lock may hold it for as long as he likes: that, too, is for a worker to wait for.
            if (signaling == null || !signaling.isPlain() || !socket.getLock().tryLock()) {
                return super.processSocket(socket, event, dispatch);
            }
            boolean isAlive;
            boolean isToBeHandedOver;
            try {
                reading = Thread.currentThread();
                signaling.mayWait(false);
                isAlive = super.processSocket(socket, event, false);
                isToBeHandedOver = signaling.isToBeHandedOver();
            } finally {
                signaling.mayWait(true);
                reading = null;
                socket.getLock().unlock();
            }
            return isAlive && (!isToBeHandedOver || super.processSocket(socket, event, true));
        }

        /** Tomcat gives workers the news that a frame is written: not while the poller writes, since it goes on itself. */
        @Override
        public Executor getExecutor() {
            return Thread.currentThread().equals(reading) ? Runnable::run : super.getExecutor();
        }

        private static @Nullable SignalingUpgrade signaling(SocketWrapperBase<NioChannel> socket) {
            UpgradeToken token = socket.getCurrentProcessor() instanceof Processor processor && processor.isUpgrade()
                    ? processor.getUpgradeToken()
                    : null;
            return token != null && token.httpUpgradeHandler() instanceof SignalingUpgrade signaling ? signaling : null;
        }
    }
}
