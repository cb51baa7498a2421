package dev.peerhost.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.channel.ChannelMessage.Text;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class ChannelHandlersTests {

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withUserConfiguration(ChannelConfiguration.class);

    @Test
    void theBuiltInLabelsAreThere() {
        application.run(context -> {
            ChannelHandlers handlers = context.getBean(ChannelHandlers.class);
            for (String label : new String[] {"echo", "sendChannel", "hub", "sink", "source"}) {
                assertThat(handlers.find(ChannelLabel.parse(label + "?a=b")).label())
                        .isEqualTo(label);
            }
        });
    }

    @Test
    void aBeanOfOnesOwnIsFoundByItsLabel() {
        application
                .withUserConfiguration(Mine.class)
                .run(context -> assertThat(
                                context.getBean(ChannelHandlers.class).find(ChannelLabel.parse("mine")))
                        .isSameAs(context.getBean("myHandler")));
    }

    @Test
    void twoBeansWithOneLabelFailTheStartNamingBoth() {
        application
                .withUserConfiguration(Clash.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContainingAll("\"echoHandler\"", "\"myEcho\"", "the label \"echo\""));
    }

    @Test
    void anUnknownLabelIsClosed() throws Exception {
        FakeChannel channel = new FakeChannel("nobody", "R", 1);
        application.run(context -> {
            ChannelHandler handler = context.getBean(ChannelHandlers.class).find(channel.label());
            handler.open(channel);
            handler.message(channel, new Text("too late"));
        });

        assertThat(channel.isClosed()).isTrue();
        assertThat(channel.sent()).isEmpty();
    }

    @Configuration(proxyBeanMethods = false)
    static class Mine {
        @Bean
        ChannelHandler myHandler() {
            return new Echo("mine");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Clash {
        @Bean
        ChannelHandler myEcho() {
            return new Echo("echo");
        }
    }
}
