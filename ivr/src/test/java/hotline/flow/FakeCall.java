package hotline.flow;

import hotline.call.Call;
import hotline.call.CallerHungUp;
import hotline.call.Dial;
import hotline.call.Dialled;
import hotline.call.Dialled.Result;
import hotline.prompts.Language;
import hotline.prompts.Phrase;
import hotline.prompts.Prompt;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A call without a telephone: what the caller will press is written down before, what they hear afterwards. When
 * nothing more is written down the caller stays silent; verbs take the time that they would take.
 */
public final class FakeCall implements Call {

    private String id = "fake";

    /** Stands in what is heard where a dialled party answered. */
    static final String TALK = "(talk)";

    private static final Map<String, String> PROMPTS =
            Arrays.stream(Prompt.values()).collect(Collectors.toMap(Prompt::key, Prompt::name));
    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final Duration SPEECH = Duration.ofSeconds(4);

    private final Deque<String> presses = new ArrayDeque<>();
    private final List<String> typedAhead = new ArrayList<>();
    private final Deque<String> ahead = new ArrayDeque<>();
    private final Deque<Dialled> dialResults = new ArrayDeque<>();
    private final Deque<byte[]> spoken = new ArrayDeque<>();
    private final List<String> heard = new ArrayList<>();
    private final Map<String, Duration> heardAt = new HashMap<>();
    private final List<String> legs = new ArrayList<>();
    private final List<Dial> dials = new ArrayList<>();
    private final List<Boolean> takesOvers = new ArrayList<>();
    private final Map<String, String> parameters = new HashMap<>();
    private Optional<String> callerNumber = Optional.empty();
    private Optional<Dialled> lastDialled = Optional.empty();
    private Language language = Language.EN;
    private Duration elapsed = Duration.ZERO;
    private Duration longestPause = Duration.ZERO;
    private int verbsUntilHangUp = Integer.MAX_VALUE;
    private int verbs;
    private int silences;
    private final Optional<UUID> uuid = Optional.of(UUID.randomUUID());
    private boolean ended;

    /** What the caller keys in at each question; an empty text is silence. */
    FakeCall presses(String... keys) {
        presses.addAll(List.of(keys));
        return this;
    }

    FakeCall from(String number) {
        callerNumber = Optional.of(number);
        return this;
    }

    FakeCall with(String parameter, String value) {
        parameters.put(parameter, value);
        return this;
    }

    FakeCall dialling(Result... results) {
        for (var result : results) {
            dialResults.add(new Dialled(result, result == Result.ANSWERED ? Duration.ofMinutes(5) : Duration.ZERO));
        }
        return this;
    }

    FakeCall dialledBefore(Result result) {
        lastDialled = Optional.of(new Dialled(result, Duration.ofMinutes(1)));
        return this;
    }

    /** The caller hangs up during this verb, counted from one. */
    FakeCall hangsUpAt(int verb) {
        verbsUntilHangUp = verb;
        return this;
    }

    FakeCall after(Duration time) {
        elapsed = time;
        return this;
    }

    /** The prompts that were heard, by their names; digits and times are left out. */
    List<String> heard() {
        return heard;
    }

    /** When a prompt was last begun, counted from the call's beginning. */
    Duration heardAt(String prompt) {
        return heardAt.getOrDefault(prompt, Duration.ZERO);
    }

    /** The longest time without a word in which nothing was asked either. */
    Duration longestPause() {
        return longestPause;
    }

    /** For each who was brought into the talk, whether they take over. */
    List<Boolean> takesOvers() {
        return takesOvers;
    }

    List<Dial> dials() {
        return dials;
    }

    /** Whether every key that was written down was asked for, and silence followed at least once. */
    boolean pressedAll() {
        return presses.isEmpty() && silences > 0;
    }

    int verbs() {
        return verbs;
    }

    boolean ended() {
        return ended;
    }

    private void verb(Duration time) {
        if (ended) {
            throw new IllegalStateException("a verb after the call's end");
        }
        if (++verbs >= verbsUntilHangUp) {
            throw new CallerHungUp();
        }
        elapsed = elapsed.plus(time);
    }

    private void hear(Phrase phrase) {
        for (var sound : phrase.sounds()) {
            var prompt = PROMPTS.get(sound);
            if (prompt != null) {
                heard.add(prompt);
                heardAt.put(prompt, elapsed);
            }
        }
    }

    @Override
    public String id() {
        return id;
    }

    /** As Asterisk names it. */
    public FakeCall named(String id) {
        this.id = id;
        return this;
    }

    @Override
    public Optional<String> callerNumber() {
        return callerNumber;
    }

    @Override
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    @Override
    public void give(String name, String value) {
        parameters.put(name, value);
    }

    @Override
    public Optional<UUID> uuid() {
        return uuid;
    }

    @Override
    public void bind(UUID offer) {
        legs.add("bound");
        lastDialled = Optional.empty();
    }

    @Override
    public void unbind() {
        legs.add("unbound");
    }

    /** When it became an offer's leg, and when it ceased to be one. */
    List<String> legs() {
        return legs;
    }

    @Override
    public Duration elapsed() {
        return elapsed;
    }

    @Override
    public Language language() {
        return language;
    }

    @Override
    public void speak(Language chosen) {
        language = chosen;
    }

    @Override
    public void answer() {
        verb(Duration.ZERO);
    }

    @Override
    public void say(Phrase phrase) {
        hear(phrase);
        verb(SPEECH);
    }

    @Override
    public void announce(Phrase phrase) {
        ahead.clear();
        hear(phrase);
        verb(SPEECH);
    }

    @Override
    public void notice(Phrase phrase) {
        hear(phrase);
        verb(SPEECH);
        ahead.addAll(typedAhead);
        typedAhead.clear();
    }

    /** What the caller presses while the first words are said. */
    FakeCall typesAhead(String... keys) {
        typedAhead.addAll(List.of(keys));
        return this;
    }

    @Override
    public void play(byte[] recording) {
        verb(SPEECH);
    }

    @Override
    public String ask(Phrase phrase, int mostKeys) {
        ahead.clear();
        hear(phrase);
        verb(SPEECH);
        silences += presses.isEmpty() ? 1 : 0;
        var pressed = presses.isEmpty() ? "" : presses.remove();
        elapsed = elapsed.plus(pressed.isEmpty() ? SILENCE : Duration.ofSeconds(pressed.length()));
        return pressed.length() > mostKeys ? pressed.substring(0, mostKeys) : pressed;
    }

    @Override
    public String askAhead(Phrase phrase, int mostKeys) {
        return ahead.isEmpty() ? ask(phrase, mostKeys) : ahead.remove();
    }

    @Override
    public byte[] record(Duration atMost) {
        verb(atMost);
        return new byte[] {1, 2, 3, 4};
    }

    @Override
    public void listen(Duration atMost, Consumer<byte[]> audio) {
        audio.accept(spoken.isEmpty() ? new byte[0] : spoken.remove());
        verb(SPEECH);
    }

    /** What the caller says at each tone; without it they are silent. */
    FakeCall says(byte[]... sounds) {
        spoken.addAll(List.of(sounds));
        return this;
    }

    @Override
    public void pause(Duration time) {
        longestPause = time.compareTo(longestPause) > 0 ? time : longestPause;
        verb(time);
    }

    @Override
    public Dialled dial(Dial dial) {
        var dialled = next(dial);
        lastDialled = Optional.of(dialled);
        return dialled;
    }

    private Dialled next(Dial dial) {
        dials.add(dial);
        verb(Duration.ZERO);
        var dialled = dialResults.isEmpty() ? new Dialled(Result.NO_ANSWER, Duration.ZERO) : dialResults.remove();
        if (dialled.result() == Result.ANSWERED) {
            heard.add(TALK);
        }
        return dialled;
    }

    @Override
    public boolean isTalk() {
        return false;
    }

    /** Written down in {@link #dials} with what {@link #dialling} says, as {@link #dial} does. */
    @Override
    public Result bring(Dial dial, boolean takesOver) {
        takesOvers.add(takesOver);
        return next(dial).result();
    }

    @Override
    public Optional<Dialled> lastDialled() {
        return lastDialled;
    }

    @Override
    public void hangUp() {
        verb(Duration.ZERO);
        ended = true;
    }
}
