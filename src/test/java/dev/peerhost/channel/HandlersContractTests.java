package dev.peerhost.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The contract that users test their handlers with: ours keep it, and it finds each kind of handler that does not. */
class HandlersContractTests {

    @Nested
    class EchoContract extends ChannelHandlerContract {
        @Override
        protected ChannelHandler handler() {
            return new Echo("echo");
        }
    }

    @Nested
    class HubContract extends ChannelHandlerContract {
        @Override
        protected ChannelHandler handler() {
            return new Hub();
        }
    }

    @Nested
    class SinkContract extends ChannelHandlerContract {
        @Override
        protected ChannelHandler handler() {
            return new Sink();
        }

        @Override
        protected List<ChannelMessage> messages() {
            return List.of(new ChannelMessage.Text("one"), new ChannelMessage.Text("report"));
        }
    }

    @Nested
    class SourceContract extends ChannelHandlerContract {
        @Override
        protected ChannelHandler handler() {
            return new Source();
        }

        @Override
        protected String label() {
            return "source?count=3&size=10";
        }
    }

    @Nested
    class MappedContract extends ChannelHandlerContract {
        @Override
        protected ChannelHandler handler() {
            return mapped(new Lengths(), "length");
        }
    }

    static class Lengths {
        @DataChannelMapping("length")
        int length(String text) {
            return text.length();
        }
    }

    /** Does all that a handler must not; it runs only as {@link #theContractFindsEachFault} has it run. */
    abstract static class Faulty extends ChannelHandlerContract implements ChannelHandler {

        @Override
        protected ChannelHandler handler() {
            return this;
        }

        @Override
        public String label() {
            return "faulty";
        }

        @Override
        protected List<ChannelMessage> messages() {
            return List.of(new ChannelMessage.Text("hello"));
        }
    }

    static class Keeps extends Faulty {
        private static final List<Channel> ALL = new ArrayList<>();

        @Override
        public synchronized void message(Channel channel, ChannelMessage message) {
            ALL.add(channel);
        }
    }

    static class Throws extends Faulty {
        @Override
        public void message(Channel channel, ChannelMessage message) {
            if (channel.send(message) != SendResult.ACCEPTED) {
                throw new IllegalStateException("not sent");
            }
        }
    }

    static class Asks extends Faulty {
        @Override
        public String label() {
            return "faulty?now";
        }

        @Override
        public void message(Channel channel, ChannelMessage message) {}
    }

    static class SharesAcrossChannels extends Faulty {
        private static final long A_MOMENT = 100;

        private final List<Integer> numbers = new ArrayList<>();
        private final CountDownLatch twoCalls = new CountDownLatch(2);

        @Override
        public void message(Channel channel, ChannelMessage message) throws InterruptedException {
            int before = numbers.size();
            numbers.add(before);
            twoCalls.countDown();
            boolean alone = !twoCalls.await(A_MOMENT, TimeUnit.MILLISECONDS);
            if (!alone && numbers.size() != before + 1) {
                throw new IllegalStateException("somebody else was here");
            }
        }
    }

    @Test
    void theContractFindsEachFault() {
        assertThat(failures(Keeps.class)).containsExactly("itForgetsAChannelThatHasClosed");
        assertThat(failures(Throws.class))
                .containsExactlyInAnyOrder(
                        "itGivesUpOnAReaderThatNeverReads", "itGivesUpOnAChannelThatHasClosedMeanwhile");
        assertThat(failures(Asks.class)).containsExactly("itsLabelIsANameWithoutParametersAndStays");
        assertThat(failures(SharesAcrossChannels.class)).containsExactly("itServesManyChannelsAtOnce");
    }

    private static List<String> failures(Class<?> contract) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(DiscoverySelectors.selectClass(contract))
                .execute()
                .testEvents()
                .failed()
                .map(event -> event.getTestDescriptor().getDisplayName().replace("()", ""))
                .toList();
    }
}
