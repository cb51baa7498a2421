package example;

import dev.peerhost.channel.DataChannelMapping;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class Shout {
    @DataChannelMapping("shout")
    String shout(String text) {
        return text.toUpperCase() + "!";
    }

    public static void main(String[] arguments) {
        SpringApplication.run(Shout.class, arguments);
    }
}
