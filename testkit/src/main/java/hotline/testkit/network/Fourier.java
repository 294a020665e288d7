package hotline.testkit.network;

/** The fast Fourier transform of one size, in place, on separate real and imaginary parts. */
final class Fourier {

    private final int size;
    private final double[] cos;
    private final double[] sin;

    /**
     * @param size a power of two
     */
    Fourier(int size) {
        this.size = size;
        cos = new double[size / 2];
        sin = new double[size / 2];
        for (var i = 0; i < size / 2; i++) {
            cos[i] = Math.cos(2 * Math.PI * i / size);
            sin[i] = Math.sin(2 * Math.PI * i / size);
        }
    }

    void forward(double[] re, double[] im) {
        sortByReversedBits(re, im);
        for (var half = 1; half < size; half *= 2) {
            var step = size / (2 * half);
            for (var block = 0; block < size; block += 2 * half) {
                for (int i = block, turn = 0; i < block + half; i++, turn += step) {
                    var other = i + half;
                    var r = re[other] * cos[turn] + im[other] * sin[turn];
                    var m = im[other] * cos[turn] - re[other] * sin[turn];
                    re[other] = re[i] - r;
                    im[other] = im[i] - m;
                    re[i] += r;
                    im[i] += m;
                }
            }
        }
    }

    /** The inverse, but for the factor 1/size: with the parts swapped, forward is backward. */
    void backward(double[] re, double[] im) {
        forward(im, re);
    }

    private void sortByReversedBits(double[] re, double[] im) {
        var shift = Integer.numberOfLeadingZeros(size) + 1;
        for (var i = 0; i < size; i++) {
            var j = Integer.reverse(i) >>> shift;
            if (j > i) {
                var r = re[i];
                re[i] = re[j];
                re[j] = r;
                var m = im[i];
                im[i] = im[j];
                im[j] = m;
            }
        }
    }
}
