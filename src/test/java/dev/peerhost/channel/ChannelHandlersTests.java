package dev.peerhost.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.channel.ChannelMessage.Text;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class ChannelHandlersTests {

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ChannelConfiguration.class));

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
                        .hasMessageContainingAll("\"peerhostEcho\"", "\"myEcho\"", "the label \"echo\""));
    }

    @Test
    void anApplicationMayDoWithoutTheBuiltInOnes() {
        application
                .withUserConfiguration(Clash.class)
                .withPropertyValues("peerhost.channel.built-in=false")
                .run(context ->
                        assertThat(context.getBeansOfType(ChannelHandler.class)).containsOnlyKeys("myEcho"));
    }

    @Test
    void anUnknownLabelIsClosed() throws Exception {
        RecordingChannel channel = new RecordingChannel("nobody", "R", 1);
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
