package hotline.testkit.network;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One call that came to an outside phone: how it rang, and what became of it. */
public final class Ring {

    private static final Duration RESEND = Duration.ofMillis(500);
    private static final int RESENDS = 20;

    private final Wire wire;
    private final SipMessage invite;
    private final SocketAddress peer;
    private final Hearing hearing;
    private final String tag = UUID.randomUUID().toString();
    private final CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    private final CompletableFuture<Void> cancelled = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final CompletableFuture<Talk> talk = new CompletableFuture<>();
    private volatile Handset handset = Handset.PLAIN;
    private volatile String sdp = "";
    private SipMessage lastAnswer;
    private boolean settled;

    Ring(Wire wire, SipMessage invite, SocketAddress peer, Hearing hearing) {
        this.wire = wire;
        this.invite = invite;
        this.peer = peer;
        this.hearing = hearing;
        lastAnswer = invite.response(100, "Trying", tag);
    }

    /** The whole INVITE: where a test looks for what the phone must not be shown. */
    public String invite() {
        return invite.toString();
    }

    /** The From header that the phone was shown. */
    public String from() {
        return invite.header("From").orElse("");
    }

    /** Whether the caller's side gave up while the phone still rang. */
    public boolean wasCancelled() {
        return cancelled.isDone();
    }

    public boolean wasAnswered() {
        return talk.isDone();
    }

    /** The talk, once the phone was answered. */
    public Optional<Talk> talk() {
        return Optional.ofNullable(talk.getNow(null));
    }

    /** Waits until the phone has stopped ringing because the caller's side gave up. */
    public void awaitCancelled(Duration atMost) {
        await(cancelled, atMost, "the phone to stop ringing");
    }

    /** Waits until the phone was answered. */
    public Talk awaitTalk(Duration atMost) {
        await(talk, atMost, "the phone to be answered");
        return talk.join();
    }

    void comesTo(Handset phone) {
        handset = phone;
    }

    void rings() {
        answer(invite.response(180, "Ringing", tag));
    }

    void refuses(int status, String reason) {
        refuses(status, reason, List.of());
    }

    synchronized void refuses(int status, String reason, List<SipMessage.Header> headers) {
        if (!settled) {
            settled = true;
            var answer = invite.response(status, reason, tag);
            for (var header : headers) {
                answer = answer.with(header.name(), header.value());
            }
            answer(answer);
        }
    }

    /** Waits, ringing. @return whether it still rings after this time */
    boolean ringsFor(Duration time) {
        try {
            cancelled.get(time.toMillis(), TimeUnit.MILLISECONDS);
            return false;
        } catch (TimeoutException stillRinging) {
            return true;
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** Picks up. Empty when the other side gave up just before. */
    Optional<Talk> answers() {
        var media = new Media(wire.host(), handset);
        sdp = media.sdp();
        synchronized (this) {
            if (settled) {
                media.close();
                return Optional.empty();
            }
            settled = true;
            answer(invite.response(200, "OK", tag).with("Contact", contact()).withSdp(sdp));
        }
        media.connect(invite.media());
        Thread.ofVirtual().start(this::repeatUntilAcknowledged);
        talk.complete(new Talk(dialog(), media, hearing));
        return talk();
    }

    private Dialog dialog() {
        var us = invite.header("To").orElseThrow() + ";tag=" + tag;
        var contact = Dialog.uri(invite.header("Contact").orElseThrow());
        return new Dialog(wire, invite.callId(), us, invite.header("From").orElseThrow(), contact, peer, ended);
    }

    private void repeatUntilAcknowledged() {
        for (var i = 0; i < RESENDS; i++) {
            try {
                acknowledged.get(RESEND.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException again) {
                wire.send(lastAnswer, peer);
            } catch (InterruptedException | ExecutionException e) {
                return;
            }
        }
    }

    /** What the other side sends within this call. */
    synchronized void receives(SipMessage message) {
        if (!message.isRequest()) {
            return;
        }
        switch (message.method()) {
            case "INVITE" -> wire.send(asksWhetherItGoesOn(message) ? goesOn(message) : lastAnswer, peer);
            case "ACK" -> acknowledged.complete(null);
            case "CANCEL" -> {
                wire.send(message.response(200, "OK", tag), peer);
                refuses(487, "Request Terminated");
                cancelled.complete(null);
            }
            case "BYE" -> {
                wire.send(message.response(200, "OK", tag), peer);
                ended.complete(null);
            }
            default -> wire.send(message.response(200, "OK", tag), peer);
        }
    }

    private static boolean asksWhetherItGoesOn(SipMessage invite) {
        return invite.header("To").orElse("").contains("tag=");
    }

    private SipMessage goesOn(SipMessage invite) {
        return invite.response(200, "OK", tag).with("Contact", contact()).withSdp(sdp);
    }

    private String contact() {
        return "<sip:phone@" + wire.address() + ">";
    }

    private void answer(SipMessage answer) {
        lastAnswer = answer;
        wire.send(answer, peer);
    }

    private static void await(CompletableFuture<?> event, Duration atMost, String what) {
        try {
            event.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("waited " + atMost + " for " + what, e);
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
