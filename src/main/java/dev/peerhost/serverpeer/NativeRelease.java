package dev.peerhost.serverpeer;

import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.internal.NativeObject;
import dev.onvoid.webrtc.internal.RefCountedObject;
import java.lang.reflect.Field;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives native connections up. In webrtc-java 0.14.0 {@code RTCPeerConnection.close()} forgets the native object without
 * dropping its reference, which costs some 67 KiB per connection for as long as the process runs. A
 * {@link RefCountedObject} can drop a reference, so an empty one is made to point there.
 *
 * <p>That relies on the inside of the library, and dropping a reference twice would crash the process: it is done with
 * exactly that version and no other.
 */
final class NativeRelease {

    private static final Logger log = LoggerFactory.getLogger(NativeRelease.class);

    /** {@code peerhost.peer.native-release}. */
    enum Mode {
        /** With the version of the library that needs it. */
        AUTO,
        /** Never. */
        OFF
    }

    /** Where a native object keeps its address, or null when nothing is to be released. */
    private final @Nullable Field handle;

    private final String sentence;
    private final AtomicBoolean announced = new AtomicBoolean();

    private NativeRelease(@Nullable Field handle, String sentence) {
        this.handle = handle;
        this.sentence = sentence;
    }

    /** Releases nothing: there are no native connections. */
    static NativeRelease none() {
        return new NativeRelease(null, "There are no native connections to release");
    }

    /** Decides whether native connections are released; nothing of the native library is touched. */
    static NativeRelease choose(Mode mode) {
        return choose(mode, LibraryVersion.read());
    }

    /**
     * The same for a version of the library.
     *
     * @param version or null when the jar does not tell
     */
    static NativeRelease choose(Mode mode, @Nullable String version) {
        if (mode == Mode.OFF) {
            return new NativeRelease(
                    null, "Closed native connections are not released: peerhost.peer.native-release is off");
        }
        if (!LibraryVersion.LEAKING.equals(version)) {
            return new NativeRelease(
                    null,
                    "Closed native connections are not released by Peerhost: it knows how with webrtc-java %s, and this is %s"
                            .formatted(LibraryVersion.LEAKING, LibraryVersion.name(version)));
        }
        try {
            Field handle = NativeObject.class.getDeclaredField("nativeHandle");
            handle.setAccessible(true);
            return new NativeRelease(
                    handle,
                    "Closed native connections are released, as webrtc-java %s needs"
                            .formatted(LibraryVersion.LEAKING));
        } catch (ReflectiveOperationException | RuntimeException inaccessible) {
            return new NativeRelease(
                    null,
                    "Closed native connections are not released, and each leaks some 67 KiB: %s"
                            .formatted(inaccessible));
        }
    }

    /** Says in the log what was decided, once; for when there is a first connection that it is about. */
    void announce() {
        if (announced.compareAndSet(false, true)) {
            log.info(sentence);
        }
    }

    /** Whether native connections are released. */
    boolean isOn() {
        return handle != null;
    }

    /**
     * What releases a connection: ask before {@code close()}, which forgets the native object, and run it once, outside
     * native callbacks, when the connection is closed and its channels are disposed of.
     */
    Runnable of(RTCPeerConnection connection) {
        if (handle == null) {
            return () -> {};
        }
        try {
            long address = handle.getLong(connection);
            Reference reference = new Reference();
            handle.setLong(reference, address);
            return address == 0 ? () -> {} : reference::release;
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException("the field was made accessible", impossible);
        }
    }

    /** Owns one native reference. */
    private static final class Reference extends RefCountedObject {}
}
