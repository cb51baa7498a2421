package dev.peerhost.hosting.rules;

import dev.peerhost.hosting.pattern.RedirectPattern;

/** Sends paths elsewhere, with a status from 300 to 399. */
public record RedirectRule(RuleId id, RedirectPattern pattern, String destination, int status) {}
