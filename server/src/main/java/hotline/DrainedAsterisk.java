package hotline;

import hotline.callback.ami.AmiDialler;
import java.util.Set;

/** This node's Asterisk, told by its manager interface. */
record DrainedAsterisk(AmiDialler dialler) implements Drain.Asterisk {

    @Override
    public void refuseCalls() {
        dialler.refuseCalls();
    }

    @Override
    public Set<String> talking() {
        return dialler.talking();
    }

    @Override
    public void endAfterTalk(String channel) {
        dialler.endAfterTalk(channel);
    }
}
