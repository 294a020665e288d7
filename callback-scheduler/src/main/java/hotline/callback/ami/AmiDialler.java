package hotline.callback.ami;

import hotline.callback.DeskUnavailable;
import hotline.callback.OfferDesk.OfferEnd;
import hotline.callback.keep.Dialler;
import hotline.callback.keep.Legs;
import hotline.callback.keep.Ring;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.asteriskjava.manager.AuthenticationFailedException;
import org.asteriskjava.manager.DefaultManagerConnection;
import org.asteriskjava.manager.EventTimeoutException;
import org.asteriskjava.manager.ManagerConnectionState;
import org.asteriskjava.manager.TimeoutException;
import org.asteriskjava.manager.action.CoreShowChannelsAction;
import org.asteriskjava.manager.action.HangupAction;
import org.asteriskjava.manager.action.ManagerAction;
import org.asteriskjava.manager.action.OriginateAction;
import org.asteriskjava.manager.action.SetVarAction;
import org.asteriskjava.manager.event.ConnectEvent;
import org.asteriskjava.manager.event.CoreShowChannelEvent;
import org.asteriskjava.manager.event.CoreShowChannelsCompleteEvent;
import org.asteriskjava.manager.event.DialEndEvent;
import org.asteriskjava.manager.event.DialStateEvent;
import org.asteriskjava.manager.event.HangupEvent;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.event.OriginateResponseEvent;
import org.asteriskjava.manager.response.ManagerError;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rings staff phones through Asterisk's manager interface, and tells what it sees of their legs.
 *
 * <p>A leg's channel carries its offer's id, so that after a restart of either side the living legs are found again by
 * asking. The library's own thread only hands events on: what waits runs on virtual threads.
 */
public final class AmiDialler implements Dialler, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AmiDialler.class);
    private static final String LEG = "offer-";

    /** So long a staff phone rings for an offer. */
    public static final Duration RING_FOR = Duration.ofSeconds(25);

    private static final Pattern STAFF = Pattern.compile("Local/1?(?<phone>\\d{10}|browser|desk\\d+)@ring-staff-.*");
    private static final Pattern IN_BROWSER = Pattern.compile("browser|desk\\d+");
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(12);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final long PATIENCE_MS = 5_000;

    /** An Asterisk that could not be asked for so long after our start is taken for dead, and its legs with it. */
    private static final Duration TAKEN_FOR_DEAD = Duration.ofSeconds(15);

    private final Manager manager;
    private final Legs legs;
    private final Supplier<List<String>> phonesOnDuty;
    private final DefaultManagerConnection connection;
    private final ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, CompletableFuture<Boolean>> answers = new ConcurrentHashMap<>();
    private final long startedNanos = System.nanoTime();
    private volatile Set<String> busy = Set.of();
    private volatile boolean looked;
    private volatile boolean answering;
    private volatile boolean closed;

    /** @param phonesOnDuty ten digits, {@code browser} or {@code desk7}: kept in Asterisk too, which rings them when we are gone */
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
        hands.execute(this::logIn);
        hands.execute(this::lookAgainAndAgain);
    }

    private void logIn() {
        while (!closed) {
            try {
                connection.login();
                return;
            } catch (AuthenticationFailedException e) {
                LOG.error(
                        "Asterisk refuses the manager login {}: restart Asterisk so that it reads its secret", manager);
            } catch (IOException | TimeoutException | IllegalStateException e) {
                LOG.debug("Asterisk's manager interface is not there yet: {}", e.getMessage());
            }
            rest(AGAIN);
        }
    }

    private void lookAgainAndAgain() {
        while (!closed) {
            rest(answering ? LOOK_EVERY : AGAIN);
            if (connection.getState() == ManagerConnectionState.CONNECTED) {
                look();
            }
        }
    }

    /** Asks which legs live; leaves behind in Asterisk whom to ring without us. */
    private synchronized void look() {
        try {
            var channels = channels();
            busy = named(channels, AmiDialler::staffPhone);
            legs.alive(named(channels, it -> offer(it.getUniqueid(), it.getAccountcode())))
                    .forEach(this::stop);
            looked = true;
            answering = true;
            send(new SetVarAction("STAFF_PHONES", staffPhones()));
        } catch (IOException | EventTimeoutException | IllegalStateException e) {
            answering = false;
            LOG.warn("Asterisk did not say which calls are up ({}); asking again", e.getMessage());
        } catch (DeskUnavailable e) {
            LOG.warn("the phones on duty are not known ({}); Asterisk keeps those it has", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("the dialler stumbled; looking again", e);
        }
    }

    private List<CoreShowChannelEvent> channels() throws IOException, EventTimeoutException {
        var told = connection
                .sendEventGeneratingAction(new CoreShowChannelsAction())
                .getEvents();
        // A refusal or a dropped connection ends the list as well; legs that it does not name may live.
        if (told.stream().noneMatch(CoreShowChannelsCompleteEvent.class::isInstance)) {
            throw new IOException("the list broke off");
        }
        return told.stream()
                .filter(CoreShowChannelEvent.class::isInstance)
                .map(CoreShowChannelEvent.class::cast)
                .toList();
    }

    private static <T> Set<T> named(
            List<CoreShowChannelEvent> channels, Function<CoreShowChannelEvent, Optional<T>> name) {
        return channels.stream().map(name).flatMap(Optional::stream).collect(Collectors.toUnmodifiableSet());
    }

    /** Whose phone a channel of the dialplan's {@code ring-staff} is. */
    private static Optional<String> staffPhone(CoreShowChannelEvent channel) {
        return Optional.ofNullable(channel.getChannel())
                .map(STAFF::matcher)
                .filter(Matcher::matches)
                .map(it -> it.group("phone"));
    }

    private String staffPhones() {
        return String.join(
                "&", phonesOnDuty.get().stream().map(AmiDialler::staffLeg).toList());
    }

    private static String staffLeg(String phone) {
        return "Local/" + (inBrowser(phone) ? phone : "1" + phone) + "@ring-staff/n";
    }

    private static boolean inBrowser(String phone) {
        return IN_BROWSER.matcher(phone).matches();
    }

    private void heard(ManagerEvent event) {
        switch (event) {
            case ConnectEvent _ -> look();
            case OriginateResponseEvent it
            when answers.containsKey(String.valueOf(it.getUniqueId())) ->
                Optional.ofNullable(answers.get(String.valueOf(it.getUniqueId())))
                        .ifPresent(answer -> answer.complete("Success".equals(it.getResponse())));
            case OriginateResponseEvent it
            when "Failure".equals(it.getResponse()) ->
                offer(it.getUniqueId()).ifPresent(offer -> legs.unanswered(offer, end(it.getReason())));
            case HangupEvent it -> offer(it.getUniqueId(), it.getAccountCode()).ifPresent(legs::gone);
            case DialStateEvent it
            when "RINGING".equals(it.getDialStatus()) ->
                offer(it.getUniqueId(), it.getAccountCode()).ifPresent(legs::callerRang);
            case DialEndEvent it
            when "ANSWER".equals(it.getDialStatus()) || "BUSY".equals(it.getDialStatus()) ->
                offer(it.getUniqueId(), it.getAccountCode()).ifPresent(legs::callerRang);
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

    /** Asterisk's reasons: 1 hung up and 3 rang on until the time was over, 5 busy; 0 and 8 could not be rung at all. */
    private static OfferEnd end(@Nullable Integer reason) {
        return switch (reason) {
            case 1, 3 -> OfferEnd.UNANSWERED;
            case 5 -> OfferEnd.BUSY;
            case null, default -> OfferEnd.FAILED;
        };
    }

    /** A phone that we rang has the offer in its id; one that rang the staff line, in its account code. */
    private static Optional<UUID> offer(@Nullable String channelId, @Nullable String accountCode) {
        return offer(channelId).or(() -> offer(accountCode));
    }

    private static Optional<UUID> offer(@Nullable String name) {
        try {
            return name != null && name.startsWith(LEG)
                    ? Optional.of(UUID.fromString(name.substring(LEG.length())))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
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
        return busy;
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
            LOG.error("offer {} has a phone that cannot be rung: {}", ring.offer(), e.getMessage());
            return false;
        }
    }

    /**
     * Rings a phone, and says that this was a test: for whoever wants to know whether theirs can be rung.
     *
     * @param phone ten digits, {@code browser}, or {@code desk7}
     */
    public void test(String phone) {
        hands.execute(() -> send(originate(phone, "test-call")));
    }

    private static OriginateAction originate(Ring ring) {
        var originate = originate(ring.phone(), "offer");
        originate.setChannelId(LEG + ring.offer());
        originate.setVariables(Map.of("HOTLINE_OFFER", ring.offer().toString()));
        return originate;
    }

    private static OriginateAction originate(String phone, String context) {
        var originate = new OriginateAction();
        originate.setChannel(Clean.value(inBrowser(phone) ? "PJSIP/" + phone : "PJSIP/1" + phone + "@trunk"));
        originate.setContext(context);
        originate.setExten("s");
        originate.setPriority(1);
        originate.setCallerId("\"Trauma support line\" <6174310125>");
        originate.setTimeout(RING_FOR.toMillis());
        originate.setAsync(true);
        return originate;
    }

    @Override
    public void stop(UUID offer) {
        hands.execute(() -> send(new HangupAction(LEG + offer)));
    }

    private boolean send(ManagerAction action) {
        try {
            var response = connection.sendAction(action, PATIENCE_MS);
            var refused = response instanceof ManagerError;
            if (refused && !(action instanceof HangupAction)) {
                LOG.warn("Asterisk refused {}: {}", action.getAction(), response.getMessage());
            }
            return !refused;
        } catch (IOException | TimeoutException | IllegalStateException e) {
            LOG.warn("Asterisk could not be told to {}: {}", action.getAction(), e.getMessage());
            return false;
        }
    }

    private static void rest(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            connection.logoff();
        } catch (IllegalStateException e) {
            LOG.debug("was not logged in");
        }
        hands.shutdownNow();
    }
}
