package hotline;

import hotline.base.keys.Vault;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Puts a new key before the old ones: what is encrypted or fingerprinted from now on is under the new one, and what the old ones encrypted is still
 * opened. The hotline must not run in this home meanwhile.
 */
final class Rotation {

    private static final List<String> SEALS = List.of("callback-seal.json", "tip-seal.json");

    private Rotation() {}

    /** {@code seals} or {@code pepper}, in the home that {@code hotline.home} names. */
    public static void main(String... arguments) {
        var secrets =
                new Secrets(Path.of(System.getProperty("hotline.home", "var")).resolve("secrets"));
        switch (arguments.length == 1 ? arguments[0] : "") {
            case "seals" -> SEALS.forEach(text -> rotate(secrets, text, Vault::withNewKey));
            case "pepper" -> rotate(secrets, "tip-pepper", Rotation::withNewPepper);
            default -> {
                System.err.println("write './hotline rotate seals' or './hotline rotate pepper'");
                System.exit(64);
            }
        }
    }

    static String withNewPepper(String peppers) {
        return Secrets.made() + "," + peppers;
    }

    private static void rotate(Secrets secrets, String name, UnaryOperator<String> rotated) {
        secrets.find(name)
                .ifPresentOrElse(
                        secret -> {
                            secrets.replace(name, rotated.apply(secret));
                            System.out.println("secrets/" + name + " has a new key; back it up");
                        },
                        () -> System.out.println(
                                "secrets/" + name + " is not there yet: it is made at the first start"));
    }
}
