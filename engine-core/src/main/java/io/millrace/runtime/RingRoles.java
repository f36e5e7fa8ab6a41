package io.millrace.runtime;

import io.millrace.physical.Closing;
import io.millrace.physical.WatermarkClock;
import java.util.List;

/**
 * What the threads around a ring do.
 *
 * @param fronts take turns at slots
 * @param owners of keys, each of which sees all slots; none if rows go straight to the sink
 * @param last sees all slots
 */
record RingRoles(List<FrontRole> fronts, List<KeyedRole> owners, LastRole last)
    implements AutoCloseable {
  RingRoles {
    fronts = List.copyOf(fronts);
    owners = List.copyOf(owners);
  }

  /** Goes on with the event time of an earlier run. */
  void restore(long watermarkUs, List<WatermarkClock.Progress> inputs) {
    owners.forEach(owner -> owner.eventTime().clock().restore(watermarkUs, inputs));
    last.eventTime().clock().restore(watermarkUs, inputs);
    if (last.behind() != null) {
      last.behind().context().watermarkUs(watermarkUs);
    }
  }

  @Override
  public void close() {
    Closing closing = new Closing();
    closing.close(last);
    owners.forEach(closing::close);
    fronts.forEach(closing::close);
    closing.throwFirst();
  }
}
