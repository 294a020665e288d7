import hotline.callback.dispatch.Dialler;
import hotline.callback.dispatch.Question;
import hotline.callback.dispatch.Ring;
import java.util.Set;
import java.util.UUID;

/** Telephones that could ring, but nobody is there. */
final class Silent implements Dialler {
    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public boolean knowsItsLegs() {
        return true;
    }

    @Override
    public Set<String> busy() {
        return Set.of();
    }

    @Override
    public void ring(Ring ring) {
        throw new IllegalStateException("nobody is on duty");
    }

    @Override
    public void ask(Question question) {
        throw new IllegalStateException("nobody has talked");
    }

    @Override
    public void stop(UUID offer) {
        throw new IllegalStateException("nobody is on duty");
    }
}
