package tv.tldr.api.cli;

/** Was a fault mended by what the doctor prints, and how? */
record Mended(Way way, String how) {
    enum Way {
        /** The command or the setting itself, with what it leaves open filled in. */
        PRINTED("as printed"),
        FIX("`--fix`"),
        /** Not the command, but what stands behind it. */
        BESIDE("as said beside it"),
        OTHERWISE("otherwise");

        private final String words;

        Way(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    static Mended asPrinted(String how) {
        return new Mended(Way.PRINTED, how);
    }

    static Mended asSaidBeside(String how) {
        return new Mended(Way.BESIDE, how);
    }

    static Mended otherwise(String how) {
        return new Mended(Way.OTHERWISE, how);
    }
}
