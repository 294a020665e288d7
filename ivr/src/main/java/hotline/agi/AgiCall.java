package hotline.agi;

import hotline.agi.AgiReply.Success;
import hotline.call.Call;
import hotline.call.CallerHungUp;
import hotline.call.Dial;
import hotline.call.Dialled;
import hotline.call.Dialled.Result;
import hotline.prompts.Language;
import hotline.prompts.Phrase;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A call's verbs as AGI commands: as few as can be, since a key that is pressed between two of them is lost.
 *
 * <p>A sound is named by its key alone; Asterisk finds it in the folder of the call's language.
 */
final class AgiCall implements Call {

    private static final Duration FIRST_KEY = Duration.ofSeconds(10);

    /** So long the first key may take after a question. It is played, as a key that comes between two commands is lost. */
    private static final Phrase TIME_FOR_A_KEY = new Phrase(Collections.nCopies(
            (int) FIRST_KEY.toSeconds(),
            Phrase.pause(Duration.ofSeconds(1)).sounds().getFirst()));

    private static final Duration NEXT_KEY = Duration.ofSeconds(5);
    /** Asterisk gives up a dial that rings for too long within this. */
    private static final Duration GIVES_UP = Duration.ofSeconds(2);

    private static final Duration AT_ONCE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PHRASE = Duration.ofMinutes(3);
    private static final int UUID_LENGTH = 36;
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f-\\x9f]");
    /** How long until it rang or sound came, empty where neither did; then the answer of the one leg that there was. */
    private static final String LAST_ANSWER = "${RINGTIME}${PROGRESSTIME}|${HANGUPCAUSE(${HANGUPCAUSE_KEYS()},tech)}";

    private static final String DONE = "SET VARIABLE HOTLINE_DONE 1";

    private final String id;
    private final AgiWire wire;
    private final Map<String, String> environment;
    private final Recordings recordings;
    private final AudioSocket sockets;
    private final long begunNanos = System.nanoTime();
    private long talkedNanos;

    /** Until when those who are dialed may ring; empty while nobody is. */
    private volatile Optional<Long> ringsUntilNanos = Optional.empty();

    private Language language = Language.EN;
    private String keptKey = "";
    private boolean entryWasFull;
    private boolean ended;

    AgiCall(AgiWire wire, Map<String, String> environment, Recordings recordings, AudioSocket sockets) {
        this.wire = wire;
        id = id(environment);
        this.environment = environment;
        this.recordings = recordings;
        this.sockets = sockets;
    }

    /** No caller's call is named as Asterisk names it; one that we made ourselves is, so that it is known again. */
    private static String id(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("agi_uniqueid"))
                .filter(text -> text.matches("synthetic-[0-9a-f-]{36};2"))
                .orElseGet(() -> UUID.randomUUID().toString());
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Optional<String> callerNumber() {
        return Optional.ofNullable(environment.get("agi_callerid")).filter(text -> text.matches("\\+?\\d{3,15}"));
    }

    @Override
    public Optional<String> parameter(String name) {
        var reply = reply("GET VARIABLE " + quoted(name), AT_ONCE);
        return reply.result().equals("1") ? reply.data() : Optional.empty();
    }

    @Override
    public void give(String name, String value) {
        set(name, value);
    }

    @Override
    public Optional<UUID> uuid() {
        return id.length() == UUID_LENGTH ? Optional.of(UUID.fromString(id)) : Optional.empty();
    }

    @Override
    public void bind(UUID offer) {
        set("DIALSTATUS", "");
        set("HOTLINE_OFFER", offer.toString());
        set("CHANNEL(accountcode)", "offer-" + offer);
    }

    @Override
    public void unbind() {
        set("HOTLINE_OFFER", "");
        set("CHANNEL(accountcode)", "");
    }

    @Override
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begunNanos - talkedNanos);
    }

    @Override
    public Language language() {
        return language;
    }

    @Override
    public void speak(Language chosen) {
        language = chosen;
        set("CHANNEL(language)", chosen.folder());
        set("__HOTLINE_LANGUAGE", chosen.folder());
    }

    @Override
    public void answer() {
        verb("ANSWER", AT_ONCE);
    }

    @Override
    public void say(Phrase phrase) {
        if (keptKey.isEmpty()) {
            keep(background(phrase));
        }
    }

    @Override
    public void announce(Phrase phrase) {
        keptKey = "";
        entryWasFull = false;
        verb("EXEC Playback " + quoted(sounds(phrase)), LONGEST_PHRASE);
    }

    @Override
    public void play(byte[] recording) {
        recordings.with((name, file) -> {
            Files.write(file, recording);
            return verb("EXEC Playback " + quoted(name), LONGEST_PHRASE);
        });
    }

    @Override
    public String ask(Phrase phrase, int mostKeys) {
        var asked = System.nanoTime();
        var first = keptKey.isEmpty() ? background(phrase.then(TIME_FOR_A_KEY)) : keptKey;
        keptKey = "";
        var left = FIRST_KEY.minusNanos(System.nanoTime() - asked);
        if (first.isEmpty() && left.isPositive()) {
            // A sound is missing: nobody had the time.
            first = waitForKey(left);
        }
        if (first.isEmpty() || first.equals("#")) {
            return "";
        }
        var entry = first.equals("*") || mostKeys == 1 ? first : first + moreKeys(mostKeys - 1);
        entryWasFull = entry.length() == mostKeys;
        return entry;
    }

    private String moreKeys(int most) {
        return verb("GET DATA \"\" " + NEXT_KEY.toMillis() + " " + most, NEXT_KEY.multipliedBy(most + 1L))
                .keys(most);
    }

    /** For the next question. A {@code #} alone answers none, and a question that it answered would not be heard. */
    private void keep(String key) {
        if (keptKey.isEmpty() && !key.equals("#")) {
            keptKey = key;
        }
    }

    /** Plays until a key comes. A {@code #} that trails a full entry is swallowed, and the phrase begun again. */
    private String background(Phrase phrase) {
        var command = "EXEC Background " + quoted(sounds(phrase));
        var key = verb(command, LONGEST_PHRASE).key();
        var trailing = key.equals("#") && entryWasFull;
        entryWasFull = false;
        return trailing ? verb(command, LONGEST_PHRASE).key() : key;
    }

    private String waitForKey(Duration time) {
        return verb("WAIT FOR DIGIT " + time.toMillis(), time.plus(AT_ONCE)).key();
    }

    @Override
    public byte[] record(Duration atMost) {
        return recordings.with((name, file) -> {
            var command = "RECORD FILE %s sln \"#\" %d BEEP s=3".formatted(quoted(name), atMost.toMillis());
            verb(command, atMost.plus(AT_ONCE));
            return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        });
    }

    @Override
    public void listen(Duration atMost, Consumer<byte[]> audio) {
        verb("EXEC Playback \"beep\"", AT_ONCE);
        try (var listening = sockets.expect(audio, atMost)) {
            verb("EXEC AudioSocket " + quoted(listening.id() + "," + sockets.address()), atMost.plus(AT_ONCE));
        }
    }

    /** Waits by listening, so that a hang-up is noticed; a key is kept for the next question. */
    @Override
    public void pause(Duration time) {
        var until = System.nanoTime() + time.toNanos();
        for (var left = time.toNanos(); left > 0; left = until - System.nanoTime()) {
            var key = waitForKey(Duration.ofMillis(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left))));
            if (key.isEmpty()) {
                return;
            }
            keep(key);
        }
    }

    @Override
    public Dialled dial(Dial dial) {
        var command = DialCommand.of(dial);
        alive();
        switch (dial) {
            case Dial.Outside outside -> {
                reply(DialCommand.guard(outside), AT_ONCE);
                if (!variable("GOSUB_RETVAL").equals("1")) {
                    return new Dialled(Result.NOT_ALLOWED, Duration.ZERO);
                }
                // What an earlier dial on this leg came to would stand beside what this one comes to.
                reply("EXEC HangupCauseClear \"\"", AT_ONCE);
                set("CALLERID(name)", "");
                set("CALLERID(num)", outside.shownNumber());
                set("CALLERID(pres)", outside.hidden() ? "prohib" : "allowed");
            }
            case Dial.Staff staff -> {
                set("__HOTLINE_LINE", staff.line().name().toLowerCase(Locale.ROOT));
                // Whoever takes it settles what this caller asked for. Nothing names a call of the tip line.
                if (staff.line() == Dial.Line.TRAUMA) {
                    set("__HOTLINE_CALL", id);
                }
            }
        }
        var dialledNanos = System.nanoTime();
        ringsUntilNanos =
                Optional.of(dialledNanos + dial.ringFor().plus(GIVES_UP).toNanos());
        // Should we be gone by the end of the talk, the dialplan says nothing more.
        set("HOTLINE_DIALS", "1");
        reply(command, DialCommand.limit(dial));
        set("HOTLINE_DIALS", "0");
        ringsUntilNanos = Optional.empty();
        talkedNanos += System.nanoTime() - dialledNanos;
        return dialled(variable("DIALSTATUS"), dial instanceof Dial.Outside);
    }

    @Override
    public boolean isTalk() {
        return ringsUntilNanos.filter(until -> System.nanoTime() - until > 0).isPresent();
    }

    @Override
    public Optional<Dialled> lastDialled() {
        return parameter("DIALSTATUS").filter(status -> !status.isEmpty()).map(status -> dialled(status, true));
    }

    /** These variables can be read when our own side has hung up, too. */
    private Dialled dialled(String status, boolean alone) {
        var tried = alone && !status.equals("ANSWER") && !status.equals("CANCEL");
        return DialCommand.outcome(
                status, variable("HANGUPCAUSE"), variable("ANSWEREDTIME"), tried ? lastAnswer() : Optional.empty());
    }

    private Optional<SipAnswer> lastAnswer() {
        var told = reply("GET FULL VARIABLE " + quoted(LAST_ANSWER), AT_ONCE)
                .data()
                .orElse("");
        return told.contains("|")
                ? SipAnswer.parse(told.substring(told.indexOf('|') + 1), !told.startsWith("|"))
                : Optional.empty();
    }

    private String variable(String name) {
        return reply("GET VARIABLE " + name, AT_ONCE).data().orElse("");
    }

    @Override
    public void hangUp() {
        done();
        wire.send("HANGUP", AT_ONCE);
    }

    /** Tells the dialplan that nothing is left to do; a call that ends without it is taken for one that broke. */
    void done() {
        if (!ended) {
            ended = true;
            reply(DONE, AT_ONCE);
        }
    }

    private void set(String variable, String value) {
        reply("SET VARIABLE " + variable + " " + quoted(value), AT_ONCE);
    }

    /** A command that needs the caller: when they are gone it throws. */
    private Success verb(String command, Duration limit) {
        var reply = success(command, wire.sendToCaller(command, limit));
        if (!reply.result().equals("-1")) {
            return reply;
        } else if (reply.data().filter("writefile"::equals).isPresent()) {
            throw new AgiBroken("Asterisk cannot write a recording: look at the space and owner of HOTLINE_HOME/tmp");
        }
        throw new CallerHungUp();
    }

    private Success reply(String command, Duration limit) {
        return success(command, wire.send(command, limit));
    }

    private static Success success(String command, AgiReply reply) {
        return switch (reply) {
            case Success success
            when success.result().equals("-2") -> throw new AgiBroken("Asterisk lacks " + verbOf(command));
            case Success success -> success;
            case AgiReply.DeadChannel _ -> throw new CallerHungUp();
            case AgiReply.Refused _ -> throw new AgiBroken("Asterisk refuses " + verbOf(command));
        };
    }

    /** Its first two words: what follows them may be a number. */
    private static String verbOf(String command) {
        return command.replaceFirst("^(\\S+ \\S+).*", "$1");
    }

    private void alive() {
        if (wire.hungUp()) {
            throw new CallerHungUp();
        }
    }

    private static String sounds(Phrase phrase) {
        return String.join("&", phrase.sounds());
    }

    /** One argument of a command: what could end it, or the line, is taken out. */
    static String quoted(String value) {
        return '"' + CONTROL.matcher(value).replaceAll("").replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
