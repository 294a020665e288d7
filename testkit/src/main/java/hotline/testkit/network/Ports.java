package hotline.testkit.network;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Free ports, on every address of this machine. They lie below those that the system gives out by itself. */
public final class Ports {

    private static final int FIRST = 11_000;
    private static final int LAST = 31_000;

    private static int next = FIRST + (int) (ProcessHandle.current().pid() * 211 % (LAST - FIRST));

    private Ports() {}

    /**
     * The first of this many free ports in a row, which are given out again only after all the others: the sound of a
     * call that is just over must not come to where another has begun, for Asterisk would answer to it.
     */
    public static synchronized int free(int inARow) {
        while (true) {
            if (next + inARow > LAST) {
                next = FIRST;
            }
            var first = next;
            next += inARow;
            if (isFree(first, inARow)) {
                return first;
            }
        }
    }

    /** A free address on loopback, as host:port. */
    public static String address() {
        return "127.0.0.1:" + free(1);
    }

    private static boolean isFree(int first, int count) {
        for (var port = first; port < first + count; port++) {
            var address = new InetSocketAddress(port);
            try (var tcp = new ServerSocket();
                    var udp = new DatagramSocket(address)) {
                tcp.bind(udp.getLocalSocketAddress());
            } catch (IOException taken) {
                return false;
            }
        }
        return true;
    }
}
