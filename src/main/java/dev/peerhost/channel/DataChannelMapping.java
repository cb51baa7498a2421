package dev.peerhost.channel;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method of a Spring bean answer on every channel of one label; the shorter form of a {@link ChannelHandler}.
 *
 * <p>One parameter takes the message: a {@code String} (of bytes, what they are in UTF-8), a {@code byte[]} (of a text, its
 * UTF-8), or any type that Jackson reads from JSON, checked first if it is annotated {@code @Valid}. Others may be the
 * {@link Channel}, the {@link ChannelMessage}, {@code @Header("label")}, {@code "peer"}, {@code "protocol"} and, unless the
 * channel came over HTTP, {@code "room"}. A message that cannot be read so closes its channel, with a line in the log.
 *
 * <p>What the method returns is sent back: a {@code String} as text, a {@code byte[]} as bytes, a {@link ChannelMessage} as
 * it is, anything else as JSON in a text; nothing for {@code null} or {@code void}. A slow reader is waited for, at most
 * 60 s; then, or when the reply is larger than it takes, its channel is closed with a line in the log. When it has closed
 * meanwhile, the reply is dropped.
 *
 * <p>The method may have any visibility but private, may block, and is called as {@link ChannelHandler#message} is.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface DataChannelMapping {

    /** The label, without parameters: what follows a {@code ?} is for the method, in {@link Channel#label}. */
    String value();
}
