package hotline.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The line from a node to its database. While it is cut nothing gets through and nothing is refused; what was sent meanwhile
 * arrives once it is mended, as TCP would have it.
 */
final class DatabaseLine implements AutoCloseable {

    private final InetSocketAddress database;
    private final ServerSocket door;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private boolean cut;

    DatabaseLine(String host, int port) {
        database = new InetSocketAddress(host, port);
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("line").start(this::accept);
    }

    /** Where the node finds it, as host:port. */
    String address() {
        return "127.0.0.1:" + door.getLocalPort();
    }

    synchronized void cut() {
        cut = true;
    }

    synchronized void mend() {
        cut = false;
        notifyAll();
    }

    private synchronized void awaitWhole() throws InterruptedException {
        while (cut) {
            wait();
        }
    }

    private void accept() {
        try {
            while (true) {
                var node = door.accept();
                sockets.add(node);
                Thread.ofVirtual().name("line").start(() -> connect(node));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void connect(Socket node) {
        try {
            awaitWhole();
            var there = new Socket(database.getAddress(), database.getPort());
            sockets.add(there);
            Thread.ofVirtual().name("line").start(() -> carry(node, there));
            carry(there, node);
        } catch (IOException | InterruptedException e) {
            close(node);
        }
    }

    private void carry(Socket from, Socket to) {
        var bytes = new byte[8192];
        try {
            for (var count = from.getInputStream().read(bytes);
                    count >= 0;
                    count = from.getInputStream().read(bytes)) {
                awaitWhole();
                to.getOutputStream().write(bytes, 0, count);
            }
            awaitWhole();
            to.shutdownOutput();
        } catch (IOException | InterruptedException e) {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        mend();
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sockets.forEach(DatabaseLine::close);
    }
}
