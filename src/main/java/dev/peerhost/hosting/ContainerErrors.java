package dev.peerhost.hosting;

import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/** Answers in our words what Tomcat itself refuses, such as a malformed request line that never reaches a handler. */
final class ContainerErrors implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                // Empty for none: a report of Tomcat's own would come before ours.
                host.setErrorReportValveClass("");
                for (var valve : host.getPipeline().getValves()) {
                    if (valve instanceof ErrorReportValve) {
                        host.getPipeline().removeValve(valve);
                    }
                }
                host.getPipeline().addValve(new Report());
            }
        });
    }

    private static final class Report extends ErrorReportValve {

        private static final Logger log = Logger.getLogger(Report.class.getName());

        @Override
        protected void report(Request request, Response response, @Nullable Throwable failure) {
            if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
                return;
            }
            try {
                ErrorAnswer.send(request, response, response.getStatus());
                response.finishResponse();
            } catch (IOException e) {
                log.log(Level.FINE, "The client left before it read the answer", e);
            }
        }
    }
}
