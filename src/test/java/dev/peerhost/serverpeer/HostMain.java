package dev.peerhost.serverpeer;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** An application that has the library and nothing of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class HostMain {

    public static void main(String[] arguments) {
        SpringApplication.run(HostMain.class, arguments);
    }
}
