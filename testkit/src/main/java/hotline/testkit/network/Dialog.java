package hotline.testkit.network;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * One SIP dialog that is established: who the two sides are, and how either ends it.
 *
 * @param local our From or To, with our tag
 * @param remote the other side's, with theirs
 * @param target where the other side wants requests sent
 * @param ended completed once either side hung up
 */
public record Dialog(
        Wire wire,
        String callId,
        String local,
        String remote,
        String target,
        SocketAddress peer,
        CompletableFuture<Void> ended) {

    /** The URI within {@code "name" <uri>;parameters}. */
    static String uri(String contact) {
        var open = contact.indexOf('<');
        return open < 0 ? contact.split(";")[0] : contact.substring(open + 1, contact.indexOf('>'));
    }

    public static InetSocketAddress address(String hostAndPort) {
        var colon = hostAndPort.lastIndexOf(':');
        return new InetSocketAddress(
                hostAndPort.substring(0, colon), Integer.parseInt(hostAndPort.substring(colon + 1)));
    }

    public static String branch() {
        return "z9hG4bK" + UUID.randomUUID();
    }

    public SipMessage request(String method, int number) {
        return new SipMessage(method + " " + target + " SIP/2.0", List.of(), "")
                .with("Via", "SIP/2.0/UDP " + wire.address() + ";branch=" + branch() + ";rport")
                .with("Max-Forwards", "70")
                .with("From", local)
                .with("To", remote)
                .with("Call-ID", callId)
                .with("CSeq", number + " " + method);
    }

    void hangUp() {
        if (ended.complete(null)) {
            wire.send(request("BYE", 1000), peer);
        }
    }
}
