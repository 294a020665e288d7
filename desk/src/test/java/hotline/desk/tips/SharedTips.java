package hotline.desk.tips;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The pages of tips as all tests of a class share them: started once, emptied before each test. */
final class SharedTips implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

    private record Started(Path folder, RunningTips desk) {}

    private final AtomicReference<Started> started = new AtomicReference<>();

    RunningTips desk() {
        return started.get().desk;
    }

    @Override
    public void beforeAll(ExtensionContext tests) throws IOException {
        var folder = Files.createTempDirectory("tips");
        started.set(new Started(folder, new RunningTips(folder)));
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        desk().empty();
    }

    @Override
    public void afterAll(ExtensionContext tests) throws IOException {
        desk().close();
        try (var files = Files.walk(started.get().folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
