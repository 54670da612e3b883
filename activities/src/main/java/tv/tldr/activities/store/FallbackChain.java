package tv.tldr.activities.store;

import tv.tldr.workflows.scoring.DimensionSetChain;

/** Where does a dimension set lead when too little of it can be scored? */
public sealed interface FallbackChain {
    /** To these sets, one after another. */
    record Whole(DimensionSetChain chain) implements FallbackChain {}

    /** Nowhere. */
    sealed interface Broken extends FallbackChain {
        /** What is wrong, the end of a sentence that begins with the name of the field. */
        String fault();
    }

    /** {@code id} is neither a preset nor a set of the organization. */
    record Missing(String id) implements Broken {
        @Override
        public String fault() {
            return "leads to " + id + ", which is neither a preset nor a set of yours";
        }
    }

    /** It comes back to {@code id}. */
    record Cyclic(String id) implements Broken {
        @Override
        public String fault() {
            return "leads back to " + id + ": a set cannot fall back on itself";
        }
    }

    /** Others that fall back on it would have more sets than a chain may have. */
    record TooLongBehind() implements Broken {
        @Override
        public String fault() {
            return "would make a chain of more than " + DimensionSetChain.LONGEST
                    + " sets of those that fall back on this one";
        }
    }

    /** It has more sets than a chain may have. */
    record TooLong() implements Broken {
        @Override
        public String fault() {
            return "leads through more than " + DimensionSetChain.LONGEST + " sets";
        }
    }
}
