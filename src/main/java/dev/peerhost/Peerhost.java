package dev.peerhost;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class Peerhost {
    public static void main(String[] arguments) {
        SpringApplication.run(Peerhost.class, arguments);
    }
}
