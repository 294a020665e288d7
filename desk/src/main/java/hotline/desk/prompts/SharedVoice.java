package hotline.desk.prompts;

import hotline.desk.prompts.VoiceStore.Chosen;
import hotline.prompts.EnglishVoice;
import hotline.prompts.Voices;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The voice that speaks English on every node: chosen at the desk, kept in the database, and followed by each node, which makes its
 * sounds anew. Callers hear the old ones until all new ones are there.
 */
public final class SharedVoice {

    private static final Logger LOG = LoggerFactory.getLogger(SharedVoice.class);

    private final VoiceStore store;
    private final Voices here;
    private final Runnable render;

    /** Of this node: what its sounds are made with, or are to be made with first of all. */
    private volatile EnglishVoice heard;

    private volatile boolean rendering;
    private boolean warned;

    /** @param render makes the sounds that are missing on this node, and shows them once all are there; it may take minutes */
    public SharedVoice(VoiceStore store, Voices here, Runnable render) {
        this.store = store;
        this.here = here;
        this.render = render;
        heard = here.chosen();
    }

    /** The voices that this node has. */
    public List<EnglishVoice> voices() {
        return here.english();
    }

    /** What this node was told to speak with; another speaks where it does not have that. */
    public EnglishVoice chosen() {
        return here.chosen();
    }

    /** What this node speaks with. */
    public EnglishVoice speaking() {
        return here.speaking();
    }

    /** Whether this node is making its sounds anew: until it has, callers hear the voice before. */
    public boolean isRendering() {
        return rendering;
    }

    /** Who chose it for all nodes. */
    public Optional<Chosen> choice() {
        return store.chosen();
    }

    /** See {@link Voices#sample}. */
    public byte[] sample(EnglishVoice voice) {
        return here.sample(voice);
    }

    /** Has every node speak English with this voice, as soon as it has made its sounds. */
    public void choose(EnglishVoice voice, String who) {
        store.choose(voice, here.chosen(), who);
    }

    /**
     * Follows the choice: makes the sounds of this node anew when it is another than before.
     *
     * @throws hotline.base.DatabaseUnavailable when the database cannot be asked: then all stays as it is
     * @throws RuntimeException when they cannot be made; the next look tries it again
     */
    public synchronized void look() {
        var wanted = store.chosen().flatMap(Chosen::voice).orElse(heard);
        if (wanted != heard) {
            warned = false;
            rendering = true;
            try {
                here.choose(wanted);
                render.run();
                heard = wanted;
                LOG.info("{} speaks English from now on", here.speaking().label());
            } finally {
                rendering = false;
            }
        }
        if (!warned && here.speaking() != wanted) {
            warned = true;
            LOG.warn(
                    "the voice that was chosen is not on this node: {} speaks English instead of {}",
                    here.speaking().label(),
                    wanted.label());
        }
    }
}
