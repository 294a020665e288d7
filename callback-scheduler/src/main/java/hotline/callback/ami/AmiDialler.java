package hotline.callback.ami;

import hotline.base.DatabaseUnavailable;
import hotline.base.Loop;
import hotline.callback.AreaCodes;
import hotline.callback.OfferService.OfferEnd;
import hotline.callback.dispatch.Dialler;
import hotline.callback.dispatch.Legs;
import hotline.callback.dispatch.Question;
import hotline.callback.dispatch.Ring;
import hotline.callback.staff.Pager;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.asteriskjava.manager.AuthenticationFailedException;
import org.asteriskjava.manager.DefaultManagerConnection;
import org.asteriskjava.manager.EventTimeoutException;
import org.asteriskjava.manager.ManagerConnectionState;
import org.asteriskjava.manager.TimeoutException;
import org.asteriskjava.manager.action.GetVarAction;
import org.asteriskjava.manager.action.HangupAction;
import org.asteriskjava.manager.action.ManagerAction;
import org.asteriskjava.manager.action.OriginateAction;
import org.asteriskjava.manager.action.SetVarAction;
import org.asteriskjava.manager.event.ConnectEvent;
import org.asteriskjava.manager.event.DialEndEvent;
import org.asteriskjava.manager.event.DialStateEvent;
import org.asteriskjava.manager.event.HangupEvent;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.event.OriginateResponseEvent;
import org.asteriskjava.manager.response.GetVarResponse;
import org.asteriskjava.manager.response.ManagerError;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rings staff phones through Asterisk's manager interface, and tells what it sees of their legs.
 *
 * <p>After a restart of either side the living legs are found again by asking. The library's own thread only hands events on: what waits runs on virtual threads.
 */
public final class AmiDialler implements Dialler, Pager, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AmiDialler.class);

    /** So long a staff phone rings for an offer. */
    public static final Duration RING_FOR = Duration.ofSeconds(25);

    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(12);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final long PATIENCE_MS = 5_000;

    /** What the dialplan looks at before it takes a call. */
    private static final String REFUSING = "HOTLINE_REFUSING";

    /** An Asterisk that could not be asked for so long after our start is taken for dead, and its legs with it. */
    private static final Duration TAKEN_FOR_DEAD = Duration.ofSeconds(15);

    private final Manager manager;
    private final Legs legs;
    private final Supplier<List<String>> phonesOnDuty;
    private final DefaultManagerConnection connection;
    private final ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, CompletableFuture<Boolean>> answers = new ConcurrentHashMap<>();
    private final long startedNanos = System.nanoTime();
    private final PhonesInUse inUse = new PhonesInUse();
    private final LastResort lastResort =
            new LastResort(this::variable, (name, value) -> send(new SetVarAction(name, value)));
    private volatile boolean looked;
    private volatile boolean answering;
    private boolean loggedIn;
    private volatile boolean refusing;
    private final Loop loop = new Loop("dialler", AGAIN, this::connectAndLook);

    /** @param phonesOnDuty ten digits, {@code browser} or {@code desk7}, all of them: kept in Asterisk too, which rings them when we are gone */
    public AmiDialler(Manager manager, Legs legs, Supplier<List<String>> phonesOnDuty) {
        this.manager = manager;
        this.legs = legs;
        this.phonesOnDuty = phonesOnDuty;
        connection = new DefaultManagerConnection(manager.host(), manager.port(), manager.user(), manager.secret());
        connection.setDefaultResponseTimeout(PATIENCE_MS);
        connection.setDefaultEventTimeout(PATIENCE_MS);
        connection.setSocketTimeout((int) PATIENCE_MS);
        connection.addEventListener(event -> hands.execute(() -> heard(event)));
    }

    /** Logs in as soon as Asterisk can be reached, and looks after the legs from then on. */
    public void start() {
        loop.start();
    }

    /** Logs in; from then on the library keeps up the connection, and this looks at what goes on over it. */
    private Duration connectAndLook() {
        if (!loggedIn) {
            logIn();
        } else if (connection.getState() == ManagerConnectionState.CONNECTED) {
            look();
        } else {
            isAway("it is not connected");
        }
        return answering ? LOOK_EVERY : AGAIN;
    }

    private void logIn() {
        try {
            connection.login();
            loggedIn = true;
        } catch (AuthenticationFailedException e) {
            LOG.error("Asterisk refuses the manager login {}: restart Asterisk so that it reads its secret", manager);
        } catch (IOException | TimeoutException | IllegalStateException e) {
            LOG.debug("Asterisk's manager interface is not there yet: {}", e.getMessage());
        }
    }

    /** Said once, until it answers again. */
    private void isAway(String why) {
        if (answering) {
            LOG.warn("Asterisk's manager interface is not there; asking again until it is ({})", why);
        }
        answering = false;
    }

    /** Asks which legs live; leaves behind in Asterisk whom to ring without us. */
    private synchronized void look() {
        try {
            var channels = Channels.up(connection);
            inUse.seen(Channels.staffPhones(channels));
            legs.alive(Channels.offers(channels)).forEach(this::stop);
            looked = true;
            answering = true;
            send(new SetVarAction(REFUSING, refusing ? "1" : "0"));
            send(new SetVarAction("AREA_CODES_ADDED", String.join(" ", AreaCodes.atDesk())));
            lastResort.tell(phonesOnDuty.get());
        } catch (IOException | EventTimeoutException | IllegalStateException e) {
            isAway(String.valueOf(e.getMessage()));
        } catch (DatabaseUnavailable e) {
            LOG.info("the phones on duty are not known ({}); Asterisk keeps those it has", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("the look at calls failed; retrying in {}", LOOK_EVERY, e);
        }
    }

    private synchronized void lookAnew() {
        lastResort.forget();
        look();
    }

    private void heard(ManagerEvent event) {
        switch (event) {
            case ConnectEvent _ -> lookAnew();
            case OriginateResponseEvent originateResponseEvent
            when answers.containsKey(String.valueOf(originateResponseEvent.getUniqueId())) ->
                Optional.ofNullable(answers.get(String.valueOf(originateResponseEvent.getUniqueId())))
                        .ifPresent(answer -> answer.complete("Success".equals(originateResponseEvent.getResponse())));
            case OriginateResponseEvent originateResponseEvent
            when "Failure".equals(originateResponseEvent.getResponse()) ->
                Channels.offer(originateResponseEvent.getUniqueId())
                        .ifPresent(offer -> legs.unanswered(offer, end(originateResponseEvent.getReason())));
            case HangupEvent hangupEvent ->
                Channels.offer(hangupEvent.getUniqueId(), hangupEvent.getAccountCode())
                        .ifPresent(legs::gone);
            case DialStateEvent dialStateEvent
            when "RINGING".equals(dialStateEvent.getDialStatus()) ->
                Channels.offer(dialStateEvent.getUniqueId(), dialStateEvent.getAccountCode())
                        .ifPresent(legs::callerRang);
            case DialEndEvent dialEndEvent
            when "BUSY".equals(dialEndEvent.getDialStatus()) ->
                Channels.offer(dialEndEvent.getUniqueId(), dialEndEvent.getAccountCode())
                        .ifPresent(legs::callerRang);
            case DialEndEvent dialEndEvent
            when "ANSWER".equals(dialEndEvent.getDialStatus()) ->
                Channels.offer(dialEndEvent.getUniqueId(), dialEndEvent.getAccountCode())
                        .ifPresent(legs::callerAnswered);
            default -> {}
        }
    }

    /**
     * Has Asterisk call one of its own lines, and hang up a few seconds after that was answered. Nobody's phone rings.
     *
     * @param address of the dialplan, such as {@code 16174310125@trauma-line}
     * @param id of our side of the call; the line's side has it with {@code ;2} behind it
     * @return whether it was answered
     */
    public Future<Boolean> callLine(String address, String id) {
        var answer = new CompletableFuture<Boolean>();
        answers.put(id, answer);
        var originate = new OriginateAction();
        originate.setChannel("Local/" + Clean.value(address) + "/n");
        originate.setChannelId(Clean.value(id));
        originate.setApplication("Wait");
        originate.setData("3");
        originate.setTimeout(ANSWERED_WITHIN.toMillis());
        originate.setAsync(true);
        hands.execute(() -> {
            if (!send(originate)) {
                answer.complete(false);
            }
        });
        return answer.orTimeout(2 * ANSWERED_WITHIN.toSeconds(), TimeUnit.SECONDS)
                .whenComplete((_, _) -> answers.remove(id));
    }

    /** Asterisk's reasons: 1 hung up and 3 rang on until the time was over, 5 busy; 0 and 8 could not be called at all. */
    private static OfferEnd end(@Nullable Integer reason) {
        return switch (reason) {
            case 1, 3 -> OfferEnd.UNANSWERED;
            case 5 -> OfferEnd.BUSY;
            case null, default -> OfferEnd.FAILED;
        };
    }

    @Override
    public boolean ready() {
        return answering && connection.getState() == ManagerConnectionState.CONNECTED;
    }

    @Override
    public boolean knowsItsLegs() {
        return looked || System.nanoTime() - startedNanos > TAKEN_FOR_DEAD.toNanos();
    }

    @Override
    public Set<String> busy() {
        return inUse.now();
    }

    /** How long ago this phone rang or talked for a caller on the line; empty where it has not since our start. */
    public Optional<Duration> sinceCall(String phone) {
        return inUse.since(phone);
    }

    @Override
    public void ring(Ring ring) {
        hands.execute(() -> {
            if (!rings(ring)) {
                legs.unanswered(ring.offer(), OfferEnd.FAILED);
            }
        });
    }

    private boolean rings(Ring ring) {
        try {
            return send(originate(ring));
        } catch (IllegalArgumentException e) {
            LOG.error("offer {} has a phone that cannot be called: {}", ring.offer(), e.getMessage());
            return false;
        }
    }

    private static OriginateAction originate(Ring ring) {
        var originate = Channels.call(
                ring.phone(), "offer", Map.of("HOTLINE_OFFER", ring.offer().toString()));
        originate.setChannelId(Channels.leg(ring.offer()));
        originate.setTimeout(RING_FOR.toMillis());
        return originate;
    }

    /** Whoever is on a call with a caller is left alone; the alert comes again. */
    @Override
    public void page(long alert, String phone) {
        if (!inUse.now().contains(phone)) {
            call(phone, "rota", Map.of("HOTLINE_ALERT", Long.toString(alert)));
        }
    }

    @Override
    public void ask(Question question) {
        call(
                question.phone(),
                "how-did-it-go",
                Map.of("HOTLINE_CALLBACK", question.callback().toString()));
    }

    /**
     * Rings a phone, and says that this was a test: for whoever wants to know whether theirs can be called.
     *
     * @param phone ten digits, {@code browser}, or {@code desk7}
     */
    public void test(String phone) {
        call(phone, "test-call", Map.of());
    }

    private void call(String phone, String context, Map<String, String> variables) {
        try {
            var originate = Channels.call(phone, context, variables);
            originate.setChannelId(Channels.callOf(phone));
            originate.setTimeout(RING_FOR.toMillis());
            hands.execute(() -> send(originate));
        } catch (IllegalArgumentException e) {
            LOG.error("a person has a phone that cannot be called: {}", e.getMessage());
        }
    }

    @Override
    public void stop(UUID offer) {
        hands.execute(() -> send(new HangupAction(Channels.leg(offer))));
    }

    private String variable(String name) {
        try {
            return connection.sendAction(new GetVarAction(name), PATIENCE_MS) instanceof GetVarResponse response
                    ? Objects.requireNonNullElse(response.getValue(), "")
                    : "";
        } catch (IOException | TimeoutException | IllegalStateException e) {
            LOG.info("Asterisk could not be asked for {}: {}", name, e.getMessage());
            return "";
        }
    }

    private boolean send(ManagerAction action) {
        try {
            var response = connection.sendAction(action, PATIENCE_MS);
            var refused = response instanceof ManagerError;
            if (refused && !(action instanceof HangupAction)) {
                LOG.warn("Asterisk refuses a command, {}: {}", action.getAction(), response.getMessage());
            }
            return !refused;
        } catch (IOException | TimeoutException | IllegalStateException e) {
            LOG.info("Asterisk could not be told to {}: {}", action.getAction(), e.getMessage());
            return false;
        }
    }

    /** From now on Asterisk turns new calls away with 503, until a server that takes calls logs in. */
    public void refuseCalls() {
        refusing = true;
        send(new SetVarAction(REFUSING, "1"));
    }

    @Override
    public void close() {
        loop.close();
        try {
            connection.logoff();
        } catch (IllegalStateException e) {
            LOG.debug("was not logged in");
        }
        hands.shutdownNow();
    }
}
