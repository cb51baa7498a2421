package dev.peerhost.hosting;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.PrintStream;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.catalina.AccessLog;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * Lists requests for whoever sits in front of the server: time, method, path, status, bytes, milliseconds and address. At
 * most 1,024 lines wait for a slow terminal; those above are counted and not shown, and nobody's request waits for one.
 */
final class RequestLog implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, DisposableBean {

    private static final int MOST_WAITING = 1024;
    private static final int LONGEST_LINE = 300;

    private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong lost = new AtomicLong();
    private final PrintStream out;
    private final Thread writer;

    /** Begins to write. */
    RequestLog(PrintStream out) {
        this.out = out;
        this.writer = Thread.ofVirtual().name("request-log").start(this::write);
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addEngineValves(new Valve());
    }

    /** Takes a line if there is room. */
    void add(String line) {
        if (!lines.offer(line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line)) {
            lost.incrementAndGet();
        }
    }

    @Override
    public void destroy() {
        writer.interrupt();
    }

    private void write() {
        try {
            while (true) {
                out.println(lines.take());
                long missing = lost.getAndSet(0);
                if (missing > 0) {
                    out.println("… %d requests more than could be shown".formatted(missing));
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Valve extends ValveBase implements AccessLog {

        Valve() {
            super(true);
        }

        @Override
        public void log(Request request, Response response, long nanos) {
            // What could not be read as a request has none of these.
            String method = request.getMethod() == null ? "?" : request.getMethod();
            String path = request.getRequestURI() == null ? "" : request.getRequestURI();
            String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
            add("%s %s %s%s %d %d B %d ms %s"
                    .formatted(
                            LocalTime.now(ZoneId.systemDefault())
                                    .truncatedTo(ChronoUnit.SECONDS)
                                    .format(DateTimeFormatter.ISO_LOCAL_TIME),
                            method,
                            path,
                            query,
                            response.getStatus(),
                            response.getBytesWritten(false),
                            TimeUnit.NANOSECONDS.toMillis(nanos),
                            request.getRemoteAddr()));
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            getNext().invoke(request, response);
        }

        @Override
        public void setRequestAttributesEnabled(boolean enabled) {
            // For what other valves put in place of an address; there are none.
        }

        @Override
        public boolean getRequestAttributesEnabled() {
            return false;
        }
    }
}
