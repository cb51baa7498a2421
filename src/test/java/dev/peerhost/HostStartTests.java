package dev.peerhost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peerhost.channel.DataChannelMapping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/** Applications that have Peerhost as a library and cannot start because of it: the sentence is the executable's. */
@ExtendWith(OutputCaptureExtension.class)
class HostStartTests {

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Empty {}

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class TwoOfOneLabel {
        static class Station {
            @DataChannelMapping("weather")
            String report(String city) {
                return city;
            }
        }

        @DataChannelMapping("weather")
        String forecast(String city) {
            return city;
        }

        @Bean
        Station station() {
            return new Station();
        }
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class PrivateMethod {
        @DataChannelMapping("weather")
        @SuppressWarnings("UnusedMethod")
        private String forecast(String city) {
            return city;
        }
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class WithStomp {
        @Bean
        WebSocketMessageBrokerConfigurer theirStomp() {
            return new WebSocketMessageBrokerConfigurer() {};
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --peerhost.room.capacity=0                   | peerhost.room.capacity has the value "0", which must be
                    --peerhost.peer.port-range=80-90             | peerhost.peer.port-range has the value "80-90", which cannot be used: write the first and the last port
                    --peerhost.peer.generation.max-messages=many | peerhost.peer.generation.max-messages has the value "many", which cannot be used: it is no such number.
                    --peerhost.hosting.dir=/nope                 | There is no folder /nope
                    """)
    void aWrongSettingIsOneSentence(String setting, String sentence, CapturedOutput output) {
        assertThat(report(output, Empty.class, setting)).startsWith(sentence);
    }

    @Test
    void twoHandlersOfOneLabelAreBothNamed(CapturedOutput output) {
        assertThat(report(output, TwoOfOneLabel.class))
                .contains("TwoOfOneLabel.forecast\"", "\"station.report\"")
                .endsWith("both answer on the label \"weather\"; give one of them another.");
    }

    @Test
    void aMethodThatCannotBeCalledIsNamed(CapturedOutput output) {
        assertThat(report(output, PrivateMethod.class))
                .startsWith("The @DataChannelMapping method \"")
                .contains("PrivateMethod.forecast\" is private, so that proxies cannot pass a call on;");
    }

    @Test
    void stompOfItsOwnIsNamed(CapturedOutput output) {
        assertThat(report(output, WithStomp.class))
                .startsWith("The bean \"theirStomp\" configures STOMP over WebSocket");
    }

    /** What is none of our business is told as Spring Boot tells it. */
    @Test
    void othersSettingsAreLeftToSpringBoot(CapturedOutput output) {
        assertThat(report(output, Empty.class, "--server.tomcat.threads.max=abc"))
                .contains("'server.tomcat.threads.max'")
                .doesNotContain("which cannot be used");
    }

    /** Starts an application in vain, and gives what stands under "Description" in Spring Boot's report. */
    private static String report(CapturedOutput output, Class<?> application, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("--server.port=0", "--spring.config.location=optional:classpath:/host/"));
        arguments.addAll(Arrays.asList(options));
        assertThatThrownBy(() -> new SpringApplicationBuilder(application)
                        .run(arguments.toArray(String[]::new))
                        .close())
                .isNotNull();
        String[] parts = output.getAll().split("Description:\\s+");
        assertThat(parts).as(output.getAll()).hasSize(2);
        String description = parts[1].replaceFirst("(?s)\\s*\\RAction:.*", "").strip();
        if (!parts[1].contains("Action:")) {
            assertThat(description).doesNotContain("\n").endsWith(".");
        }
        return description;
    }
}
