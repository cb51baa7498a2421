package dev.peerhost.control;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** The handler of the client library's own channel; it answers also where the built-in handlers are switched off. */
@AutoConfiguration
class ControlConfiguration {

    @Bean
    Control peerhostControl() {
        return new Control();
    }
}
