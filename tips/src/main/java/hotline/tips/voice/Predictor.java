package hotline.tips.voice;

/**
 * The all-pole filter that explains a sound best, by the recursion of Levinson and Durbin (Makhoul, "Linear Prediction: A
 * Tutorial Review", Proc. IEEE 63, 1975).
 *
 * @param weights of the inverse filter; the first is 1
 * @param reflections the same filter as the steps of a lattice, each between -1 and 1, so that it is stable
 * @param error the power that is left unexplained
 */
@SuppressWarnings("ArrayRecordComponent") // a plain carrier of numbers; never compared
record Predictor(double[] weights, double[] reflections, double error) {

    /** @param correlation of the sound with itself, by lag; the first is its power and not 0 */
    static Predictor of(double[] correlation) {
        var order = correlation.length - 1;
        var weights = new double[order + 1];
        var reflections = new double[order];
        weights[0] = 1;
        var error = correlation[0];
        for (var step = 1; step <= order; step++) {
            var sum = 0.0;
            for (var i = 0; i < step; i++) {
                sum += weights[i] * correlation[step - i];
            }
            var reflection = -sum / error;
            var before = weights.clone();
            for (var i = 1; i <= step; i++) {
                weights[i] += reflection * before[step - i];
            }
            reflections[step - 1] = reflection;
            error *= 1 - reflection * reflection;
        }
        return new Predictor(weights, reflections, error);
    }

    /** How strongly the filter rings at this angle: its power, by the error's. */
    double power(double angle) {
        var re = 0.0;
        var im = 0.0;
        for (var i = 0; i < weights.length; i++) {
            re += weights[i] * Math.cos(i * angle);
            im += weights[i] * Math.sin(i * angle);
        }
        return error / (re * re + im * im);
    }
}
