package hotline.tips.voice;

/**
 * All that passes from the speaker to the one who listens, for a hundredth of a second.
 *
 * @param tract the mouth's shape, already moved, as reflections of a lattice
 * @param strength of what excites it, in samples' units
 * @param voiced from 0, a breath, to 1, a tone
 */
@SuppressWarnings("ArrayRecordComponent") // a plain carrier of numbers; never compared
record Frame(double[] tract, double strength, double voiced) {}
