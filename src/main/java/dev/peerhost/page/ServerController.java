package dev.peerhost.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.peerhost.ice.IceServer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** What programs ask the server about itself. */
@RestController
class ServerController {

    /**
     * What a page needs to take part.
     *
     * @param signaling where the WebSocket is
     * @param iceServers for {@code RTCConfiguration.iceServers}
     * @param serverPeer the id of the server's own peer, or null when it cannot take part
     * @param version of Peerhost
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
    record Config(
            String signaling,
            List<IceServer> iceServers,
            @Nullable String serverPeer,
            String version) {}

    /**
     * How the server is.
     *
     * @param status {@code UP}: pages and signaling work, whatever the server's own peer does
     * @param version of Peerhost
     * @param serverPeer how the server's own peer is
     */
    @JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
    record Health(String status, String version, PeerHealth serverPeer) {}

    /**
     * How the server's own peer is.
     *
     * @param available whether it takes part
     * @param reason why not and what to do, left out when it does
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PeerHealth(boolean available, @Nullable String reason) {}

    private static final String SIGNALING = BuiltInSite.MOUNT + "/signaling";
    private static final String SERVER_PEER = "server";

    private final ServerFacts facts;

    ServerController(ServerFacts facts) {
        this.facts = facts;
    }

    @GetMapping(BuiltInSite.MOUNT + "/config.json")
    ResponseEntity<Config> config() {
        String peer = facts.peerProblem() == null ? SERVER_PEER : null;
        return json(CacheControl.noCache(), new Config(SIGNALING, facts.iceServers(), peer, facts.version()));
    }

    @GetMapping(BuiltInSite.MOUNT + "/health")
    ResponseEntity<Health> health() {
        String problem = facts.peerProblem();
        PeerHealth peer = new PeerHealth(problem == null, problem);
        return json(CacheControl.noStore(), new Health("UP", facts.version(), peer));
    }

    private static <T> ResponseEntity<T> json(CacheControl cache, T body) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(cache)
                .header("X-Content-Type-Options", "nosniff")
                .body(body);
    }
}
