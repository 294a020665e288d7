package hotline.testkit.network;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The telephone network outside: the carrier's trunk, the callers, and every outside phone. The carrier is a second real
 * Asterisk, through which all calls pass; the telephones at its other side are sockets.
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
    private final Wire wire;
    private final Optional<Carrier> carrier;
    private volatile Optional<InetSocketAddress> hotline = Optional.empty();
    private volatile Optional<Hearing> hearing = Optional.empty();

    private TelephoneNetwork(String host, boolean hasCarrier) {
        wire = new Wire(host, this::receives);
        carrier = hasCarrier ? Optional.of(new Carrier(wire.address())) : Optional.empty();
    }

    /** Starts the carrier; the handsets have an address that is neither its nor the hotline's. */
    public static TelephoneNetwork start() {
        return new TelephoneNetwork("127.0.0.3", true);
    }

    /**
     * A wire straight from the telephones to the hotline, for tests of what a carrier would put in order before it passes
     * it on.
     */
    public static TelephoneNetwork withoutCarrier() {
        return new TelephoneNetwork("127.0.0.1", false);
    }

    /** The trunk's address, for {@code HOTLINE_TRUNK}. */
    public String address() {
        return carrier.map(Carrier::address).orElseGet(wire::address);
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

    /** Every call that came out of the hotline, to whichever number. */
    public List<Ring> rings() {
        return phones.values().stream().flatMap(phone -> phone.rings().stream()).toList();
    }

    /** A call to one of the hotline's numbers, in any form of it, or to a whole {@code sip:} or {@code tel:} URI. */
    public OutsideCall call(String number) {
        var address = hotline.orElseThrow();
        return carrier.map(carrier -> new OutsideCall(this, Dialog.address(carrier.address()), number)
                        .with("X-Hotline", "127.0.0.1:" + address.getPort()))
                .orElseGet(() -> new OutsideCall(this, address, number));
    }

    /** What each side of each call heard, as the carrier recorded it, of the calls that are over. */
    public List<CarriedCall> recordings() {
        return carrier.map(Carrier::recordings).orElse(List.of());
    }

    /** Waits until this many calls are over, and returns the last of them. */
    public CarriedCall awaitRecording(int count, Duration atMost) {
        var end = System.nanoTime() + atMost.toNanos();
        while (recordings().size() < count) {
            if (System.nanoTime() > end) {
                throw new AssertionError(recordings().size() + " calls were over in " + atMost
                        + carrier.map(Carrier::log).orElse(""));
            }
            LockSupport.parkNanos(20_000_000);
        }
        return recordings().get(count - 1);
    }

    public Hearing hearing() {
        return hearing.orElseThrow();
    }

    Wire wire() {
        return wire;
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
        carrier.ifPresent(Carrier::close);
        wire.close();
        problems.stream().findFirst().ifPresent(problem -> {
            throw problem;
        });
    }
}
