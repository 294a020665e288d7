package hotline.callback;

import java.util.Optional;

/** Where interpreters are called. */
@FunctionalInterface
public interface InterpreterService {

    /**
     * The number for a caller's language: that language's own, else the one for all others. As it was last known when the
     * database is gone.
     *
     * @param language {@code es}
     * @return ten digits, toll-free ones too; empty where none is set
     */
    Optional<String> number(String language);
}
