package hotline.prompts;

/** Speaks a sentence. */
interface Voice extends AutoCloseable {

    /** Names the voice and how it is set: under another name, every sound is made anew. */
    String name();

    /** Names the voice for people. */
    String label();

    /**
     * @param text spelled as it is to be said
     * @throws IllegalStateException when it cannot say this, naming what it said instead
     */
    Pcm speak(String text);

    @Override
    default void close() {}
}
