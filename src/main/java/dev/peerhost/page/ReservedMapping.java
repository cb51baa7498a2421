package dev.peerhost.page;

import dev.peerhost.hosting.SiteHandler;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Keeps {@code /__/peerhost/…} ours, also in an application that has a controller or files for every path: there answer our
 * WebSocket, our controllers and our files, and nobody else.
 */
final class ReservedMapping implements HandlerMapping, Ordered {

    private static final String OUR_PACKAGES = "dev.peerhost.";

    private final HandlerMapping sockets;
    private final HandlerMapping controllers;
    private final HandlerExecutionChain stomp;
    private final HandlerExecutionChain files;

    ReservedMapping(HandlerMapping sockets, HandlerMapping controllers, SiteHandler stomp, SiteHandler files) {
        this.sockets = sockets;
        this.controllers = controllers;
        this.stomp = new HandlerExecutionChain(stomp);
        this.files = new HandlerExecutionChain(files);
    }

    @Override
    public @Nullable HandlerExecutionChain getHandler(HttpServletRequest request) throws Exception {
        String path = request.getRequestURI();
        if (!isBelow(BuiltInSite.MOUNT, path)) {
            return null;
        }
        HandlerExecutionChain socket = sockets.getHandler(request);
        if (socket != null) {
            return socket;
        }
        HandlerExecutionChain controller = controllers.getHandler(request);
        if (controller != null
                && controller.getHandler() instanceof HandlerMethod method
                && method.getBeanType().getPackageName().startsWith(OUR_PACKAGES)) {
            return controller;
        }
        return isBelow(BuiltInSite.STOMP_MOUNT, path) ? stomp : files;
    }

    private static boolean isBelow(String mount, String path) {
        return path.startsWith(mount) && (path.length() == mount.length() || path.charAt(mount.length()) == '/');
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
