package io.millrace.perf.machine;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/**
 * What this process has used, or used between two moments.
 *
 * @param cpuSeconds of all threads, the compiler's and the collector's too
 * @param allocatedBytes on the heap, by all threads
 * @param gcCount collections of all collectors
 * @param gcMillis time in them
 */
public record ResourceUse(double cpuSeconds, long allocatedBytes, long gcCount, long gcMillis) {

  /** Since the process began. */
  public static ResourceUse now() {
    long gcCount = 0;
    long gcMillis = 0;
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      gcCount += Math.max(0, collector.getCollectionCount());
      gcMillis += Math.max(0, collector.getCollectionTime());
    }
    long cpuNs =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    long allocated =
        ManagementFactory.getPlatformMXBean(ThreadMXBean.class).getTotalThreadAllocatedBytes();
    return new ResourceUse(cpuNs / 1e9, allocated, gcCount, gcMillis);
  }

  public ResourceUse since(ResourceUse earlier) {
    return new ResourceUse(
        cpuSeconds - earlier.cpuSeconds,
        allocatedBytes - earlier.allocatedBytes,
        gcCount - earlier.gcCount,
        gcMillis - earlier.gcMillis);
  }
}
