package io.github.wsspring.examples;

record Said(String from, String text) {
}
