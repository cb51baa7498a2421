package dev.peerhost.serverpeer.affinity;

import com.sun.jna.Function;
import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLibrary;
import java.util.BitSet;

/** Which processors a thread of this process may run on: sched_setaffinity(2), on Linux. */
final class Processors {

    /** Bytes of a set of processors: more than any kernel has, which refuses one that is smaller than its own. */
    private static final int SIZE = 1024;

    /** {@code ESRCH} of errno(3), for a thread that has ended. */
    static final int NO_SUCH_THREAD = 3;

    private Processors() {}

    /**
     * Those that a thread may run on.
     *
     * @throws LastErrorException when there is no such thread, or somebody forbids the call
     * @throws UnsatisfiedLinkError where the system has no such call, or no place for the library that makes it
     */
    static BitSet of(int thread) {
        byte[] set = new byte[SIZE];
        call("sched_getaffinity", thread, set);
        return BitSet.valueOf(set);
    }

    /** Has a thread run on these from now on; throws what {@link #of} throws. */
    static void set(int thread, BitSet processors) {
        byte[] set = new byte[SIZE];
        byte[] bits = processors.toByteArray();
        System.arraycopy(bits, 0, set, 0, bits.length);
        call("sched_setaffinity", thread, set);
    }

    private static void call(String name, int thread, byte[] set) {
        Function function = NativeLibrary.getInstance("c").getFunction(name, Function.THROW_LAST_ERROR);
        function.invokeInt(new Object[] {thread, (long) set.length, set});
    }
}
