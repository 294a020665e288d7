package hotline.base.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** argon2id (RFC 9106), version 1.3, one lane: makes guessing what people hold in their heads cost memory and time. */
public final class Argon2id {

    private static final int BYTES = 32;

    private Argon2id() {}

    /** The same 32 bytes for the same secret, salt and cost. */
    public static byte[] hash(String secret, byte[] salt, int kibibytes, int passes) {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(kibibytes)
                .withIterations(passes)
                .withParallelism(1)
                .withSalt(salt)
                .build());
        var hash = new byte[BYTES];
        generator.generateBytes(secret.getBytes(UTF_8), hash);
        return hash;
    }
}
