package hotline.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RetryPlanTest {

    @ParameterizedTest
    @CsvSource({"1, PT4M, PT2M", "2, PT6M, PT2M", "3, PT1H, PT2M", "4, PT4H, PT2M", "5, , ", "6, , "})
    void after_each_try_it_says_how_long_until_the_next(int tries, Duration noAnswer, Duration busy) {
        assertEquals(Optional.ofNullable(noAnswer), RetryPlan.STANDARD.afterNoAnswer(tries));
        var facts = Sample.waiting(tries).facts();
        assertEquals(Optional.ofNullable(busy), RetryPlan.STANDARD.after(Outcome.BUSY, facts));
    }
}
