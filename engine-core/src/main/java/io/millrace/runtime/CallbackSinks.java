package io.millrace.runtime;

import io.millrace.Callback;
import io.millrace.spi.Sink;
import io.millrace.types.Schema;

/** Makes the sink for an application's callback. */
final class CallbackSinks {
  private CallbackSinks() {}

  static Sink open(Callback callback, Schema schema) {
    return switch (callback) {
      case Callback.EachRow each -> new RowFunctionSink(each.function());
      case Callback.EachArrowBatch each -> new ArrowFunctionSink(each.function());
      case Callback.EachEpoch each -> new EpochFunctionSink(schema, each.function());
      case Callback.Foreach foreach -> new ForeachSink(foreach.writer());
    };
  }
}
