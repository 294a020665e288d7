package hotline.testkit.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** SIP over UDP on a free port of one of this machine's loopback addresses. */
public final class Wire implements AutoCloseable {

    private final DatagramSocket socket;
    private final Set<String> dead = ConcurrentHashMap.newKeySet();

    public Wire(String host, BiConsumer<SipMessage, SocketAddress> receiver) {
        try {
            socket = new DatagramSocket(new InetSocketAddress(host, 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("telephone-network").start(() -> receive(receiver));
    }

    public String address() {
        return host() + ":" + socket.getLocalPort();
    }

    String host() {
        return socket.getLocalAddress().getHostAddress();
    }

    /** Nothing of this call is heard any more, as when its telephone has lost the network. */
    void cut(String callId) {
        dead.add(callId);
    }

    public void send(SipMessage message, SocketAddress to) {
        send(message.bytes(), to);
    }

    public void send(byte[] bytes, SocketAddress to) {
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void receive(BiConsumer<SipMessage, SocketAddress> receiver) {
        var packet = new DatagramPacket(new byte[65_536], 65_536);
        try {
            while (true) {
                packet.setLength(65_536);
                socket.receive(packet);
                if (packet.getLength() > 4) {
                    var message = SipMessage.parse(packet.getData(), packet.getLength());
                    if (!dead.contains(message.callId())) {
                        receiver.accept(message, packet.getSocketAddress());
                    }
                }
            }
        } catch (IOException closed) {
            // The network is taken down.
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
