package hotline.testkit.network;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Somebody who sends what no telephone sends, and what they are told. They have no sound. */
public final class Stranger implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final String SDP = """
            v=0
            o=x 1 1 IN IP4 127.0.0.1
            s=-
            c=IN IP4 127.0.0.1
            t=0 0
            m=audio 9 RTP/AVP 0 101
            a=rtpmap:101 telephone-event/8000
            """.replace("\n", "\r\n");

    private final LinkedBlockingQueue<SipMessage> told = new LinkedBlockingQueue<>();
    private final Wire wire;
    private final InetSocketAddress hotline;

    /**
     * @param host where they sit: an address of this machine
     * @param hotline its {@code HOTLINE_SIP}
     */
    public Stranger(String host, String hotline) {
        wire = new Wire(host, (message, _) -> told.add(message));
        this.hotline = Dialog.address(hotline);
    }

    /** A request of theirs: each has a Call-ID of its own, by which its answers are known. */
    public SipMessage request(String method, String uri) {
        var request = new SipMessage(method + " " + uri + " SIP/2.0", List.of(), "")
                .with("Via", "SIP/2.0/UDP " + wire.address() + ";branch=" + Dialog.branch() + ";rport")
                .with("Max-Forwards", "70")
                .with("From", "\"Mallory\" <sip:+12125550001@elsewhere.invalid>;tag=" + UUID.randomUUID())
                .with("To", "<" + uri + ">")
                .with("Call-ID", UUID.randomUUID().toString())
                .with("CSeq", "1 " + method)
                .with("Contact", "<sip:mallory@" + wire.address() + ">");
        return method.equals("INVITE") ? request.withSdp(SDP) : request;
    }

    public void sends(byte[] bytes) {
        wire.send(bytes, hotline);
    }

    /** Sends it once and waits for the final answer, if there is one. */
    public Optional<SipMessage> asks(SipMessage request) {
        return asks(request, request.bytes());
    }

    /**
     * @param sent what goes out instead
     */
    public Optional<SipMessage> asks(SipMessage request, byte[] sent) {
        sends(sent);
        var until = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (true) {
                var answer = told.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (answer == null || isFinal(answer, request)) {
                    return Optional.ofNullable(answer);
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isFinal(SipMessage answer, SipMessage request) {
        return !answer.isRequest()
                && answer.status() >= 200
                && answer.callId().equals(request.callId())
                && answer.header("CSeq").equals(request.header("CSeq"));
    }

    /** The status of the final answer; 0 for none. Whoever is answered hangs up at once. */
    public int isTold(SipMessage request) {
        return isTold(request, request.bytes());
    }

    public int isTold(SipMessage request, byte[] sent) {
        var answer = asks(request, sent);
        if (request.method().equals("INVITE")
                && answer.isPresent()
                && answer.get().status() == 200) {
            accepts(request, answer.get()).hangUp();
        }
        return answer.map(SipMessage::status).orElse(0);
    }

    /** Acknowledges the answer to a call. */
    public Dialog accepts(SipMessage invite, SipMessage ok) {
        var dialog = new Dialog(
                wire,
                invite.callId(),
                invite.header("From").orElseThrow(),
                ok.header("To").orElseThrow(),
                Dialog.uri(ok.header("Contact").orElseThrow()),
                hotline,
                new CompletableFuture<>());
        wire.send(dialog.request("ACK", 1), hotline);
        return dialog;
    }

    @Override
    public void close() {
        wire.close();
    }
}
