package hotline.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.testkit.network.Carrier;
import hotline.testkit.network.Dialog;
import hotline.testkit.network.Ports;
import hotline.testkit.network.SipMessage;
import hotline.testkit.network.TelephoneNetwork;
import hotline.testkit.network.Wire;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the carrier makes of a call, message by message: the hotline is a socket here. */
final class CarrierSignallingIT {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final List<SipMessage.Header> IDENTITIES = List.of(
            new SipMessage.Header("P-Asserted-Identity", "\"Jane, O'Hara\" <sip:+12125550002@elsewhere;x=1>"),
            new SipMessage.Header("P-Asserted-Identity", "<tel:+12125550012>"),
            new SipMessage.Header("Remote-Party-ID", "\"Jane\" <sip:+12125550003@elsewhere>;party=calling;privacy=off"),
            new SipMessage.Header("Diversion", "<sip:+12125550004@elsewhere>;reason=unconditional"),
            new SipMessage.Header("History-Info", "<sip:+12125550005@elsewhere>;index=1, <sip:x@y?Reason=a>;index=1.1"),
            new SipMessage.Header("P-Preferred-Identity", "<sip:+12125550006@elsewhere>"),
            new SipMessage.Header("Identity", "eyJ.eyJ." + "x".repeat(700) + ";info=<https://a/b>;alg=ES256"),
            new SipMessage.Header("Subject", "${EXTEN} $[1+1] \\; \"it\""),
            new SipMessage.Header("X-Phone", "A telephone of 2125550007"),
            new SipMessage.Header("Privacy", "id"));

    private final TelephoneNetwork network = TelephoneNetwork.start();
    private final LinkedBlockingQueue<SipMessage> arrived = new LinkedBlockingQueue<>();
    private final Wire hotline = new Wire("127.0.0.1", this::arrives);
    private volatile int answer = 180;
    private volatile Optional<SipMessage> ringing = Optional.empty();

    @BeforeEach
    void serve(@TempDir Path sounds) {
        network.serves(hotline.address(), sounds);
    }

    @AfterEach
    void stop() {
        hotline.close();
        network.close();
    }

    private void arrives(SipMessage message, SocketAddress peer) {
        switch (message.method()) {
            case "INVITE" -> {
                ringing = Optional.of(message);
                hotline.send(message.response(answer, "Answer", "hotline"), peer);
            }
            case "CANCEL" -> {
                hotline.send(message.response(200, "OK", "hotline"), peer);
                hotline.send(ringing.orElseThrow().response(487, "Request Terminated", "hotline"), peer);
            }
            default -> {}
        }
        arrived.add(message);
    }

    private SipMessage arrival(String method) throws InterruptedException {
        var message = arrived.poll(SOON.toSeconds(), TimeUnit.SECONDS);
        assertEquals(method, message == null ? "nothing" : message.method());
        return message;
    }

    @Test
    void what_the_network_says_of_a_caller_arrives_as_it_was_said() throws InterruptedException {
        answer = 486;
        var call = network.call("18004948477").from("+12125550001");
        IDENTITIES.forEach(header -> call.with(header.name(), header.value()));
        assertEquals(486, call.isRefusedWith());
        var invite = arrival("INVITE");
        assertEquals(IDENTITIES, identities(invite));
        assertEquals("18004948477", invite.calledNumber());
        assertTrue(invite.header("From").orElseThrow().startsWith("\"Caller\" <sip:+12125550001@"), invite::toString);
        assertFalse(invite.toString().contains("X-Hotline"));
    }

    private static List<SipMessage.Header> identities(SipMessage message) {
        return message.headers().stream().filter(IDENTITIES::contains).toList();
    }

    @Test
    void what_the_hotline_says_of_itself_arrives_at_a_phone() {
        var invite = new SipMessage("INVITE sip:16175550111@" + network.address() + " SIP/2.0", List.of(), "")
                .with("Via", "SIP/2.0/UDP " + hotline.address() + ";branch=" + Dialog.branch() + ";rport")
                .with("Max-Forwards", "70")
                .with("From", "\"Trauma line\" <sip:16174310125@" + hotline.address() + ">;tag=1")
                .with("To", "<sip:16175550111@" + network.address() + ">")
                .with("Call-ID", "one")
                .with("CSeq", "1 INVITE")
                .with("Contact", "<sip:" + hotline.address() + ">");
        for (var header : IDENTITIES) {
            invite = invite.with(header.name(), header.value());
        }
        hotline.send(invite, Dialog.address(network.address()));
        var ring = network.phone("6175550111").awaitRing(SOON);
        assertTrue(ring.from().startsWith("\"Trauma line\" <sip:16174310125@"), ring::from);
        for (var header : IDENTITIES) {
            assertTrue(ring.invite().contains(header.name() + ": " + header.value() + "\r\n"), ring::invite);
        }
    }

    @Test
    void a_caller_without_a_number_arrives_without_one() throws InterruptedException {
        answer = 486;
        network.call("18004948477").anonymous().isRefusedWith();
        var invite = arrival("INVITE");
        var from = invite.header("From").orElseThrow();
        assertTrue(from.startsWith("\"Anonymous\" <sip:anonymous@anonymous.invalid>"), from);
        assertEquals("id", invite.header("Privacy").orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 480, 486, 503})
    void a_caller_is_refused_as_the_hotline_refused(int status) {
        answer = status;
        assertEquals(status, network.call("16174310125").isRefusedWith());
    }

    @Test
    void a_caller_who_gives_up_no_longer_rings() throws InterruptedException {
        assertEquals(487, network.call("16174310125").givesUpAfter(Duration.ofSeconds(1)));
        assertEquals(arrival("INVITE").callId(), arrival("CANCEL").callId());
        assertEquals("16174310125", network.awaitRecording(1, SOON).number());
    }

    @Test
    void a_carrier_starts_without_a_warning_and_leaves_nothing_behind() {
        var carrier = new Carrier("127.0.0.3:" + Ports.free(1));
        try (carrier) {
            assertFalse(carrier.log().matches("(?s).*(WARNING|ERROR).*"), carrier.log());
        }
        assertFalse(Files.exists(carrier.home()));
    }
}
