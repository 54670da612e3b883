package tv.tldr.api.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time of a stream as a person types it, in seconds. */
final class StreamTime implements ITypeConverter<Double> {
    private static final Pattern FORM = Pattern.compile("(?:(?:(\\d+):)?(\\d{1,2}):)?(\\d+(?:\\.\\d+)?)");

    @Override
    public Double convert(String text) {
        Matcher time = FORM.matcher(text);
        if (!time.matches()) {
            throw new TypeConversionException("'" + text + "' is not a time; give seconds, 1:20 or 1:02:03");
        }
        if ((time.group(2) != null && number(time.group(3)) >= 60)
                || (time.group(1) != null && number(time.group(2)) >= 60)) {
            throw new TypeConversionException("'" + text + "' is not a time: minutes and seconds end at 59");
        }
        return 3600 * number(time.group(1)) + 60 * number(time.group(2)) + number(time.group(3));
    }

    private static double number(@Nullable String digits) {
        return digits == null ? 0 : Double.parseDouble(digits);
    }
}
