package hotline.prompts;

/** Speaks a sentence. */
interface Voice extends AutoCloseable {

    /** Names the voice and how it is set: under another name, every sound is made anew. */
    String name();

    /** @param text spelled as it is to be said */
    Pcm speak(String text);

    @Override
    default void close() {}
}
