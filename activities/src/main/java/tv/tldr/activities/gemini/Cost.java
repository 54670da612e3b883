package tv.tldr.activities.gemini;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** An amount of US dollars, exact to a millionth; what is smaller is rounded up. Never negative. */
public record Cost(BigDecimal usd) implements Comparable<Cost> {
    public static final int SCALE = 6;
    public static final Cost ZERO = new Cost(BigDecimal.ZERO);

    public Cost {
        usd = usd.setScale(SCALE, RoundingMode.UP);
        if (usd.signum() < 0) {
            throw new IllegalArgumentException("a cost cannot be negative: " + usd);
        }
    }

    public static Cost of(String usd) {
        return new Cost(new BigDecimal(usd));
    }

    public Cost plus(Cost other) {
        return new Cost(usd.add(other.usd));
    }

    /** What is left of this after {@code spent}; zero when that is more. */
    public Cost minus(Cost spent) {
        return new Cost(usd.subtract(spent.usd).max(BigDecimal.ZERO));
    }

    @Override
    public int compareTo(Cost other) {
        return usd.compareTo(other.usd);
    }

    @Override
    public String toString() {
        return usd.toPlainString() + " USD";
    }
}
