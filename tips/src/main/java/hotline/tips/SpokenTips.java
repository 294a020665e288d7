package hotline.tips;

/** Where tips are left by voice. Each method throws {@link hotline.base.DatabaseUnavailable} when nothing can be kept now. */
public interface SpokenTips {

    /**
     * Begins to take a message.
     *
     * @param language the caller's, as its folder is named
     * @param disguised whether the voice is changed before anything is kept
     */
    Message begin(String language, boolean disguised);

    /** A message while it is spoken. What was heard is kept, unless it is deleted: also when the caller is cut off. */
    interface Message {

        /** @param sound 8,000 samples a second, 16 bit, little-endian; it may be overwritten */
        void hear(byte[] sound);

        /** No more is to come; whether anything was said. */
        boolean end();

        /** The caller wants it kept: a code, by which they can ask how their tip stands. */
        TipCode keep();

        void delete();
    }
}
