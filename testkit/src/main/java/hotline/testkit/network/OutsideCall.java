package hotline.testkit.network;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A call from outside, being made: who calls, what the network says of them, and the number that is called. */
public final class OutsideCall {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration RESEND = Duration.ofMillis(500);

    private final TelephoneNetwork network;
    private final InetSocketAddress exchange;
    private final String number;
    private final String callId = UUID.randomUUID().toString();
    private final List<SipMessage.Header> more = new ArrayList<>();
    private final CompletableFuture<SipMessage> answer = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final AtomicBoolean heardOf = new AtomicBoolean();
    private String caller = "\"Caller\" <sip:+16175559999@carrier.invalid>";
    private String contact = "caller";
    private Handset handset = Handset.PLAIN;
    private volatile String sdp = "";

    /**
     * @param exchange where the handset sends what it dials
     */
    OutsideCall(TelephoneNetwork network, InetSocketAddress exchange, String number) {
        this.network = network;
        this.exchange = exchange;
        this.number = number;
    }

    /** The number that is presented with the call. */
    public OutsideCall from(String callerNumber) {
        caller = "\"Caller\" <sip:" + callerNumber + "@carrier.invalid>";
        return this;
    }

    /** With all that a network may say of who calls, in each header that has a place for it. */
    public OutsideCall known(String name, String callerNumber) {
        var uri = "<sip:+1" + callerNumber + "@carrier.invalid>";
        var passport = "{\"orig\":{\"tn\":\"1" + callerNumber + "\"},\"dest\":{\"tn\":[\"18004948477\"]}}";
        caller = "\"" + name + "\" " + uri;
        contact = "+1" + callerNumber;
        return with("P-Asserted-Identity", "\"" + name + "\" " + uri)
                .with("P-Asserted-Identity", "<tel:+1" + callerNumber + ">")
                .with("P-Preferred-Identity", uri)
                .with("Remote-Party-ID", "\"" + name + "\" " + uri + ";party=calling;screen=yes;privacy=off")
                .with("Diversion", "\"" + name + "\" " + uri + ";reason=unconditional")
                .with("History-Info", uri + ";index=1, <sip:" + callerNumber + "@carrier.invalid>;index=1.1")
                .with("Identity", "eyJhbGciOiJFUzI1NiJ9." + base64(passport) + ".c2ln;info=<https://carrier.invalid/c>")
                .with("Geolocation", "<cid:" + callerNumber + "@carrier.invalid>")
                .with("Call-Info", "<https://carrier.invalid/" + callerNumber + ".jpg>;purpose=icon")
                .with("Subject", name + " " + callerNumber)
                .with("User-Agent", name + "'s telephone, " + callerNumber);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** With the number withheld. */
    public OutsideCall anonymous() {
        caller = "\"Anonymous\" <sip:anonymous@anonymous.invalid>";
        return with("Privacy", "id");
    }

    /** From a telephone that sends nothing at all while nobody speaks. */
    public OutsideCall onAQuietLine() {
        handset = handset.onAQuietLine();
        return this;
    }

    /** From a telephone that does not offer to send keys as RFC 4733 events. */
    public OutsideCall withoutKeyEvents() {
        handset = handset.withoutKeyEvents();
        return this;
    }

    /** With one more header, such as P-Asserted-Identity. */
    public OutsideCall with(String header, String value) {
        more.add(new SipMessage.Header(header, value));
        return this;
    }

    /** Calls, and returns once the hotline has answered. */
    public Talk dials() {
        var media = new Media(network.wire().host(), handset);
        var invite = invite(media);
        var ok = finalAnswer(invite);
        if (ok.status() != 200) {
            media.close();
            throw new AssertionError(number + " was refused: " + ok.firstLine());
        }
        var dialog = dialog(invite, ok);
        network.wire().send(dialog.request("ACK", 1), exchange);
        media.connect(ok.media());
        return new Talk(dialog, media, network.hearing());
    }

    /** Calls, and returns the status with which the call is refused. */
    public int isRefusedWith() {
        return refusal(_ -> {});
    }

    /** Calls, gives up after this time, and returns the status with which the call then ends. */
    public int givesUpAfter(Duration ringing) {
        return refusal(invite -> CompletableFuture.delayedExecutor(ringing.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> network.wire().send(sameTransaction("CANCEL", invite, invite), exchange)));
    }

    private int refusal(Consumer<SipMessage> meanwhile) {
        try (var media = new Media(network.wire().host(), handset)) {
            var invite = invite(media);
            meanwhile.accept(invite);
            var refusal = finalAnswer(invite);
            network.wire().send(sameTransaction("ACK", invite, refusal), exchange);
            return refusal.status();
        }
    }

    private SipMessage invite(Media media) {
        var uri = number.contains(":")
                ? number
                : "sip:" + number + "@" + exchange.getHostString() + ":" + exchange.getPort();
        var invite = new SipMessage("INVITE " + uri + " SIP/2.0", List.of(), "")
                .with("Via", "SIP/2.0/UDP " + network.wire().address() + ";branch=" + Dialog.branch() + ";rport")
                .with("Max-Forwards", "70")
                .with("From", caller + ";tag=" + UUID.randomUUID())
                .with("To", "<" + uri + ">")
                .with("Call-ID", callId)
                .with("CSeq", "1 INVITE")
                .with("Contact", contact());
        for (var header : more) {
            invite = invite.with(header.name(), header.value());
        }
        sdp = media.sdp();
        return invite.withSdp(sdp);
    }

    private SipMessage finalAnswer(SipMessage invite) {
        network.expect(callId, this::receives);
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until) {
            if (!heardOf.get()) {
                network.wire().send(invite, exchange);
            }
            try {
                return answer.get(RESEND.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException again) {
                // Sent once more while nothing at all came back.
            } catch (InterruptedException | ExecutionException e) {
                throw new AssertionError(e);
            }
        }
        throw new AssertionError(number + " was not answered in " + PATIENCE);
    }

    private Dialog dialog(SipMessage invite, SipMessage ok) {
        var target = Dialog.uri(ok.header("Contact").orElseThrow());
        var from = invite.header("From").orElseThrow();
        return new Dialog(network.wire(), callId, from, ok.header("To").orElseThrow(), target, exchange, ended);
    }

    /** That the call goes on is agreed to in its own words: the sound as before. */
    private SipMessage offers(SipMessage ok) {
        return ok.with("Contact", contact()).withSdp(sdp);
    }

    private String contact() {
        return "<sip:" + contact + "@" + network.wire().address() + ">";
    }

    /** A CANCEL, and the ACK of a refusal, belong to the INVITE's own transaction (RFC 3261 §9.1, §17.1.1.3). */
    private static SipMessage sameTransaction(String method, SipMessage invite, SipMessage answered) {
        return new SipMessage(invite.firstLine().replaceFirst("INVITE", method), List.of(), "")
                .with("Via", invite.header("Via").orElseThrow())
                .with("Max-Forwards", "70")
                .with("From", invite.header("From").orElseThrow())
                .with("To", answered.header("To").orElseThrow())
                .with("Call-ID", invite.callId())
                .with("CSeq", "1 " + method);
    }

    private void receives(SipMessage message) {
        heardOf.set(true);
        if (message.isRequest()) {
            var ok = message.response(200, "OK", "caller");
            network.wire().send(message.method().equals("INVITE") ? offers(ok) : ok, exchange);
            if (message.method().equals("BYE")) {
                ended.complete(null);
            }
        } else if (message.method().equals("INVITE") && message.status() >= 200) {
            answer.complete(message);
        }
    }
}
