package hotline.network;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The telephone network outside: the carrier's trunk, the callers, and every outside phone.
 *
 * <pre>{@code
 * try (var network = TelephoneNetwork.start(); var hotline = Hotline.start(network)) {
 *     network.phone("6175550111").answers().waitsFor("press-1-to-take-it").presses("1");
 *     var call = network.call("18004948477").from("+16175559999").dials();
 *     call.waitsFor("tips-menu").presses("1");
 *     call.hangsUp();
 *     assertEquals(List.of("tips-emergency-notice", …), call.heard());
 * }
 * }</pre>
 */
public final class TelephoneNetwork implements AutoCloseable {

    private final Map<String, Phone> phones = new ConcurrentHashMap<>();
    private final Map<String, Consumer<SipMessage>> calls = new ConcurrentHashMap<>();
    private final List<AssertionError> problems = new CopyOnWriteArrayList<>();
    private final Wire wire = new Wire(this::receives);
    private volatile Optional<InetSocketAddress> hotline = Optional.empty();
    private volatile Optional<Hearing> hearing = Optional.empty();

    private TelephoneNetwork() {}

    public static TelephoneNetwork start() {
        return new TelephoneNetwork();
    }

    /** The trunk's address, for {@code HOTLINE_TRUNK}. */
    public String address() {
        return wire.address();
    }

    /**
     * Tells the network where the hotline is.
     *
     * @param sip its {@code HOTLINE_SIP}
     * @param sounds its prompts, by which the network's phones know what they hear
     */
    public void serves(String sip, Path sounds) {
        hotline = Optional.of(Dialog.address(sip));
        hearing = Optional.of(new Hearing(sounds));
    }

    /** The outside phone with this number, ten digits. */
    public Phone phone(String number) {
        return phones.computeIfAbsent(tenDigits(number), digits -> new Phone(digits, problems::add));
    }

    /** A call to one of the hotline's numbers, in any form of it, or to a whole {@code sip:} or {@code tel:} URI. */
    public OutsideCall call(String number) {
        return new OutsideCall(this, hotline.orElseThrow(), number);
    }

    Hearing hearing() {
        return hearing.orElseThrow();
    }

    Wire wire() {
        return wire;
    }

    String hotlineAddress() {
        return "127.0.0.1:" + hotline.orElseThrow().getPort();
    }

    void expect(String callId, Consumer<SipMessage> receiver) {
        calls.put(callId, receiver);
    }

    private void receives(SipMessage message, SocketAddress peer) {
        var call = calls.get(message.callId());
        if (call != null) {
            call.accept(message);
        } else if (message.isRequest() && message.method().equals("INVITE")) {
            var ring = new Ring(wire, message, peer, hearing());
            calls.put(message.callId(), ring::receives);
            phone(message.calledNumber()).isCalled(ring);
        } else if (message.isRequest() && !message.method().equals("ACK")) {
            wire.send(message.response(200, "OK", "network"), peer);
        }
    }

    private static String tenDigits(String number) {
        return number.replaceFirst("^\\+?1(?=\\d{10}$)", "");
    }

    /** Takes the network down; fails when a phone's script had waited for something in vain. */
    @Override
    public void close() {
        wire.close();
        problems.stream().findFirst().ifPresent(problem -> {
            throw problem;
        });
    }
}
