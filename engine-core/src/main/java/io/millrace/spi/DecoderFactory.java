package io.millrace.spi;

/** Makes a decoder for each pipeline. */
public interface DecoderFactory {
  Decoder create(Rejects rejects);
}
