package hotline.call;

import hotline.call.Dialled.Result;
import hotline.prompts.Language;
import hotline.prompts.Phrase;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * One call, as its flow sees it: verbs in the order they happen, each waiting until it is done.
 *
 * <p>Every verb throws {@link CallerHungUp} once the other side is gone, except {@link #dial}, which still tells how
 * the dialled side fared; the next verb then throws.
 */
public interface Call {

    /** A name for this call in logs: random, so that it leads to nobody. */
    String id();

    /** The number that was presented with the call, as signalled; never there on the tip line. */
    Optional<String> callerNumber();

    /** A value given to the call when it was made (a channel variable), such as the offer's id. */
    Optional<String> parameter(String name);

    /** Gives the call a value, which {@link #parameter} finds, also on a leg that goes on after a talk. */
    void give(String name, String value);

    /** The id as other rooms know this call; empty for a call of our own. */
    Optional<UUID> uuid();

    /**
     * Makes this call the leg of an offer: it lives as long as the call does, and a server that was started anew finds it
     * as {@code HOTLINE_OFFER}. No {@link #lastDialled} is left of what was before.
     */
    void bind(UUID offer);

    /** Makes it nobody's leg again. */
    void unbind();

    /** How long the call has lasted, without the talks with somebody who was dialled. */
    Duration elapsed();

    /**
     * Whether two people talk, and nobody needs us until they are done: whoever was dialed has rung for as long as they may,
     * and the dial goes on. May be asked from any thread.
     */
    boolean isTalk();

    /** The language in which prompts are said. English until {@link #speak} changes it. */
    Language language();

    void speak(Language language);

    void answer();

    /** Says the phrase; a key stops it and is kept for a question that may be answered ahead. */
    void say(Phrase phrase);

    /** Says the phrase to its end; keys pressed until then do not count. */
    void announce(Phrase phrase);

    /** Says the phrase to its end; keys pressed meanwhile are kept for the questions that may be answered ahead. */
    void notice(Phrase phrase);

    /** Plays a recording of ours (signed linear, 8 kHz, 16 bit, mono) that {@link #record} returned. */
    void play(byte[] recording);

    /**
     * Asks a question and returns the keys pressed, at most {@code mostKeys} of 0-9 and {@code *}; empty on silence.
     * The first key is awaited for 10 s after the phrase, each further one for 5 s; {@code #} ends the entry and is
     * not returned, and one that trails a full entry is swallowed. A key pressed during the phrase stops it and counts;
     * none that was pressed before, or in the phrase's first second, which nobody can have heard as a question.
     */
    String ask(Phrase phrase, int mostKeys);

    /**
     * The same for a question that who knows the hotline may answer before it is asked: a menu, or a number to key in. Keys
     * that were kept are its answer, and it is not said then.
     */
    String askAhead(Phrase phrase, int mostKeys);

    /** Records after a tone, until {@code #}, or 3 s of silence, or the time is over: signed linear, 8 kHz, 16 bit, mono. */
    byte[] record(Duration atMost);

    /**
     * Plays a tone and listens, until a {@code #}, silence, or the time. What is heard is in no file.
     *
     * @param audio gets the sound as it is spoken, from the first word on: 8,000 samples a second, 16 bit, little-endian; what it
     *     throws is thrown here
     */
    void listen(Duration atMost, Consumer<byte[]> audio);

    /** Waits; the caller hears nothing meanwhile. */
    void pause(Duration time);

    /** Dials, and once somebody answers, connects both until one hangs up. */
    Dialled dial(Dial dial);

    /**
     * Calls a third person into the talk that goes on, on a leg in which a key was pressed for it; who pressed it hears the
     * ringing, the others that they are on hold.
     *
     * @param takesOver whether who comes stays when this leg leaves, else their part ends with it
     * @return answered as soon as they have joined, then all talk; given up where whoever was talked with has hung up meanwhile
     */
    Result bring(Dial dial, boolean takesOver);

    /** How the last {@link #dial} on this call ended, also when it was made before this server was started anew. */
    Optional<Dialled> lastDialled();

    /** Ends the call. */
    void hangUp();
}
