package io.millrace.state.table;

import io.millrace.types.Field;
import io.millrace.types.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The columns of saved rows. */
final class StateColumns {
  private StateColumns() {}

  /**
   * All fields one behind the other: the second column of a name, in any case, gets its index
   * behind it.
   */
  @SafeVarargs
  static Schema of(List<Field>... parts) {
    Set<String> names = new HashSet<>();
    List<Field> unique = new ArrayList<>();
    for (List<Field> fields : parts) {
      for (Field field : fields) {
        String name = field.name();
        while (!names.add(name.toLowerCase(Locale.ROOT))) {
          name += "_" + unique.size();
        }
        unique.add(new Field(name, field.type(), field.nullable()));
      }
    }
    return new Schema(unique);
  }
}
