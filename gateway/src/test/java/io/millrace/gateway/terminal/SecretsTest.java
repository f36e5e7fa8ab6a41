package io.millrace.gateway.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretsTest {
  private final Secrets secrets = new Secrets();

  @Test
  void withoutSecretsTextStays() {
    assertThat(secrets.redact("text")).isEqualTo("text");
  }

  @Test
  void aSecretIsMaskedWhereverItStands() {
    secrets.add("hunter22");

    assertThat(secrets.redact("jdbc:x?password=hunter22&y, xhunter22x"))
        .isEqualTo("jdbc:x?password=***&y, x***x");
  }

  @Test
  void theLongerOfTwoIsMaskedWhole() {
    secrets.add("abcd");
    secrets.add("abcdef");

    assertThat(secrets.redact("abcdef abcd")).isEqualTo("*** ***");
  }

  @Test
  void aShortSecretIsMaskedOnlyAlone() {
    secrets.add("in");

    assertThat(secrets.redact("path in/ is missing in line 1"))
        .isEqualTo("path ***/ is missing *** line 1");
  }

  @Test
  void anEmptyValueMasksNothing() {
    secrets.add("");

    assertThat(secrets.redact("text")).isEqualTo("text");
  }

  @Test
  void linesAndEscapedFormsAreMasked() {
    secrets.add("first \"line\"\nsecond line\n}");

    assertThat(secrets.redact("{\"k\":\"first \\\"line\\\"\\nsecond line\\n}\"}"))
        .isEqualTo("{\"k\":\"***\"}");
    assertThat(secrets.redact("only second line {}")).isEqualTo("only *** {}");
  }

  @Test
  void patternCharactersAreLiteral() {
    secrets.add("a.*$1\\E");

    assertThat(secrets.redact("a.*$1\\E abc$1")).isEqualTo("*** abc$1");
  }
}
