package io.millrace.physical;

/**
 * The stages before an exchange, on one thread.
 *
 * @param pipeline leads to the exchange
 * @param counters of the rows that were late for the operator behind it
 */
public record FrontPipeline(Pipeline pipeline, ExchangeStage exchange, OperatorCounters counters) {
  /** A new slot begins: its rows are numbered from 0. */
  public void beginSlot() {
    exchange.restart();
  }

  /** How many numbers the slot's rows take. */
  public long numbersUsed() {
    return exchange.numbersUsed();
  }
}
