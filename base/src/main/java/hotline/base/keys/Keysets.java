package hotline.base.keys;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import java.security.GeneralSecurityException;
import java.util.stream.IntStream;

/** Tink's keysets as the JSON that is kept in files of ours. */
final class Keysets {

    private Keysets() {}

    static KeysetHandle read(String keyset) throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.parseKeyset(keyset, InsecureSecretKeyAccess.get());
    }

    static String written(KeysetHandle keyset) throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.serializeKeyset(keyset, InsecureSecretKeyAccess.get());
    }

    /** Whether one opens what the other encrypts now; false when one of them is no keyset. */
    static boolean opensWhat(String one, String other) {
        if (!one.startsWith("{") || !other.startsWith("{")) {
            return false;
        }
        try {
            var all = read(one);
            var primary = read(other).getPrimary().getKey();
            return IntStream.range(0, all.size())
                    .anyMatch(number -> all.getAt(number).getKey().equalsKey(primary));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the keys cannot be read: restore them from their backup", e);
        }
    }
}
