package io.millrace.gateway.architecture.violating;

import com.lmax.disruptor.RingBuffer;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import jdk.incubator.vector.LongVector;
import net.openhft.chronicle.queue.ChronicleQueue;
import org.apache.arrow.memory.ArrowBuf;

/** Uses what it must not. */
final class Offender {
  RingBuffer<Object> ring;
  ChronicleQueue queue;
  LongVector vector;

  static long address(ArrowBuf buffer) {
    return buffer.memoryAddress();
  }

  static Instant now() {
    return Instant.now();
  }

  static Thread unnamed(Runnable work) {
    return new Thread(work);
  }

  static ExecutorService unnamedPool() {
    return Executors.newFixedThreadPool(1);
  }
}
