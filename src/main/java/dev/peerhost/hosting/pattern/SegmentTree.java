package dev.peerhost.hosting.pattern;

import dev.peerhost.hosting.pattern.SegmentTokens.Any;
import dev.peerhost.hosting.pattern.SegmentTokens.Bar;
import dev.peerhost.hosting.pattern.SegmentTokens.CharClass;
import dev.peerhost.hosting.pattern.SegmentTokens.Close;
import dev.peerhost.hosting.pattern.SegmentTokens.Literal;
import dev.peerhost.hosting.pattern.SegmentTokens.Open;
import dev.peerhost.hosting.pattern.SegmentTokens.Star;
import dev.peerhost.hosting.pattern.SegmentTokens.Token;
import java.util.ArrayList;
import java.util.List;

/** Makes a {@link Node} of a segment's tokens. */
final class SegmentTree {

    /** A part whose groups are read, but which does not know yet what follows it. */
    private sealed interface Item {}

    private record Simple(Node node) implements Item {}

    private record Extended(char kind, List<List<Item>> options) implements Item {}

    private static final Node ANY = new Node.One(c -> true);
    private static final Node STAR = new Node.Repeat(ANY, true, true, false);
    private static final Node NO_DOT = new Node.Look(new Node.One(c -> c == '.'), false);

    private final List<Token> tokens;
    private boolean dotAllowed;
    private int at;

    private SegmentTree(List<Token> tokens, boolean dotAllowed) {
        this.tokens = tokens;
        this.dotAllowed = dotAllowed;
    }

    /**
     * The tree, which no empty segment matches.
     *
     * @param dotAllowed whether names that start with a dot match without being asked for
     */
    static Node of(List<Token> tokens, boolean dotAllowed) {
        SegmentTree tree = new SegmentTree(tokens, dotAllowed);
        List<Item> items = tree.items();
        boolean startsOpen = !(tokens.getFirst() instanceof Literal);
        List<Node> all = new ArrayList<>();
        if (startsOpen && !tree.dotAllowed) {
            all.add(NO_DOT);
        }
        all.add(new Node.Look(ANY, true));
        all.add(join(items, Node.NOTHING));
        return new Node.Sequence(all);
    }

    private List<Item> items() {
        List<Item> items = new ArrayList<>();
        while (at < tokens.size()) {
            Token token = tokens.get(at);
            if (token instanceof Bar || token instanceof Close) {
                return items;
            }
            at++;
            items.add(token instanceof Open open ? group(open) : new Simple(node(token)));
        }
        return items;
    }

    private static Node node(Token token) {
        return switch (token) {
            case Literal(char c) -> new Node.One(other -> other == c);
            case CharClass(Node.CharTest test) -> new Node.One(test);
            case Star ignored -> STAR;
            case Any ignored -> ANY;
            case Open ignored -> throw new IllegalStateException("This starts a group.");
            case Bar ignored -> throw new IllegalStateException("This stands in a group.");
            case Close ignored -> throw new IllegalStateException("This ends a group.");
        };
    }

    private Item group(Open open) {
        boolean guarded = open.first() && open.kind() != '!' && !dotAllowed;
        List<List<Item>> options = new ArrayList<>();
        Token end;
        do {
            boolean asksForDot = tokens.get(at).equals(new Literal('.'));
            List<Item> option = items();
            if (guarded && !asksForDot) {
                option.addFirst(new Simple(NO_DOT));
            }
            options.add(option);
            end = tokens.get(at++);
        } while (end instanceof Bar);
        dotAllowed |= guarded;
        return new Extended(open.kind(), options);
    }

    /** From the end on, since a negation has to know what follows it. */
    private static Node join(List<Item> items, Node after) {
        Node joined = Node.NOTHING;
        boolean last = true;
        for (Item item : items.reversed()) {
            Node rest = last ? after : new Node.Sequence(List.of(joined, after));
            Node node = switch (item) {
                case Simple(Node simple) -> simple;
                case Extended(char kind, List<List<Item>> options) when kind == '!' -> not(options, rest);
                case Extended(char kind, List<List<Item>> options) -> group(kind, choice(options, rest));
            };
            joined = last ? node : new Node.Sequence(List.of(node, joined));
            last = false;
        }
        return joined;
    }

    /** Anything, unless an option and then the rest would do; where nothing follows, up to the end. */
    private static Node not(List<List<Item>> options, Node rest) {
        Node follows = rest.equals(Node.NOTHING) ? Node.END : rest;
        Node unwanted = new Node.Sequence(List.of(choice(options, Node.NOTHING), follows));
        return new Node.Sequence(List.of(new Node.Look(unwanted, false), STAR));
    }

    private static Node group(char kind, Node one) {
        boolean optional = kind == '*' || kind == '?';
        boolean many = kind == '*' || kind == '+';
        return optional || many ? new Node.Repeat(one, optional, many, true) : one;
    }

    private static Node choice(List<List<Item>> options, Node after) {
        return new Node.Choice(
                options.stream().map(option -> join(option, after)).toList());
    }
}
