package dev.peerhost.hosting.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The sites that {@code .firebaserc} links to targets. */
final class Firebaserc {

    static final String NAME = ".firebaserc";

    private final Map<String, String> sites = new HashMap<>();

    private Firebaserc() {}

    /**
     * Reads it.
     *
     * @param text null when there is none
     */
    static Firebaserc parse(@Nullable String text, Consumer<String> warnings) throws UnusableRulesException {
        Firebaserc read = new Firebaserc();
        Setting projects =
                text == null ? null : SettingReader.read(NAME, text, warnings).get("targets");
        for (Setting project : values(projects)) {
            for (Setting target : values(project.get("hosting"))) {
                String name = target.key().substring(target.key().lastIndexOf('.') + 1);
                read.sites.putIfAbsent(name, only(target));
            }
        }
        return read;
    }

    private static List<Setting> values(@Nullable Setting object) throws UnusableRulesException {
        List<Setting> values = new ArrayList<>();
        if (object != null) {
            for (String key : object.keys()) {
                Setting value = object.get(key);
                if (value != null) {
                    values.add(value);
                }
            }
        }
        return values;
    }

    private static String only(Setting linked) throws UnusableRulesException {
        List<Setting> sites = linked.list();
        if (sites.size() != 1) {
            throw linked.problem("which links the target to %d sites; name exactly one".formatted(sites.size()));
        }
        return sites.getFirst().text();
    }

    /** The site of a target, or null. */
    @Nullable
    String site(String target) {
        return sites.get(target);
    }
}
