package io.github.wsspring.examples;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

record Say(@NotBlank @Size(max = 500) String text) {
}
