package io.millrace.analysis;

import io.millrace.plan.Expression;
import io.millrace.plan.Operators;
import io.millrace.spi.NearestName;
import io.millrace.types.AnalysisException;
import io.millrace.types.DataType;
import io.millrace.types.Field;
import io.millrace.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Takes structs apart and puts them together. */
public final class StructFunctions {
  /** The function whose arguments are the values of the fields that its type names. */
  static final String NAMED_STRUCT = "named_struct";

  static final Set<String> NAMES = Set.of("struct", NAMED_STRUCT, Operators.GET_ITEM);

  private StructFunctions() {}

  /** The field of that name, in any case; empty if it is no struct, or has none. */
  static Optional<BoundExpression> find(BoundExpression struct, String name) {
    if (!(struct.type() instanceof DataType.Struct type)) {
      return Optional.empty();
    }
    OptionalInt index = type.fields().indexOf(name);
    return index.isPresent()
        ? Optional.of(made(BoundExpression.Field.of(struct, index.getAsInt())))
        : Optional.empty();
  }

  /** A field of a struct that is just being put together is what stands there. */
  public static BoundExpression made(BoundExpression.Field field) {
    return field.struct() instanceof BoundExpression.Apply apply
            && apply.function().equals(NAMED_STRUCT)
        ? apply.arguments().get(field.index())
        : field;
  }

  /**
   * A field, a field of that, and so on.
   *
   * @throws AnalysisException naming the fields that there are
   */
  static BoundExpression fields(BoundExpression value, List<String> names) {
    BoundExpression field = value;
    for (String name : names) {
      BoundExpression struct = field;
      field = find(struct, name).orElseThrow(() -> noField(struct, name));
    }
    return field;
  }

  private static AnalysisException noField(BoundExpression value, String name) {
    String start =
        value.sql() + "." + name + ": " + CallSite.describe(value) + " is " + value.type().sql();
    if (!(value.type() instanceof DataType.Struct struct)) {
      return new AnalysisException(start + " and has no fields");
    }
    List<String> known = struct.fields().names();
    return new AnalysisException(
        start + ", which has no field " + name + NearestName.suggestion(name, known));
  }

  /** {@code value.field} and {@code value['field']}. */
  static BoundExpression item(CallSite site, List<BoundExpression> arguments) {
    site.requireCount(arguments, 2, 2);
    BoundExpression value = arguments.get(0);
    if (value.type() instanceof DataType.Array || value.type() instanceof DataType.Map) {
      throw Unsupported.notYet(
          "getItem of " + value.type().sql(), "take it apart where the result is read");
    }
    if (arguments.get(1) instanceof BoundExpression.Constant constant
        && constant.value() instanceof String name) {
      return fields(value, List.of(name));
    }
    throw site.error("a field is named by a constant text, not by " + arguments.get(1).sql());
  }

  /** {@code struct(a, b AS x, c + 1)}: the third field is col3. */
  static BoundExpression struct(
      CallSite site, List<SelectItem> items, List<BoundExpression> values) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      names.add(isNamed(items.get(i).expression()) ? items.get(i).name() : "col" + (i + 1));
    }
    return of(site, names, values);
  }

  private static boolean isNamed(Expression expression) {
    return expression instanceof Expression.Alias || expression instanceof Expression.Name;
  }

  /** {@code named_struct('x', a, 'y', b)}. */
  static BoundExpression namedStruct(CallSite site, List<BoundExpression> arguments) {
    if (arguments.isEmpty() || arguments.size() % 2 != 0) {
      throw site.error("it needs names and values in turn, for example named_struct('x', a)");
    }
    List<String> names = new ArrayList<>();
    List<BoundExpression> values = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i += 2) {
      if (!(arguments.get(i) instanceof BoundExpression.Constant constant
          && constant.value() instanceof String name)) {
        throw site.error("a name must be a constant text, not " + arguments.get(i).sql());
      }
      names.add(name);
      values.add(arguments.get(i + 1));
    }
    return of(site, names, values);
  }

  private static BoundExpression of(
      CallSite site, List<String> names, List<BoundExpression> values) {
    List<BoundExpression> typed = new ArrayList<>();
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      BoundExpression value = values.get(i);
      typed.add(
          value.type() == DataType.VOID
              ? new BoundExpression.Constant(null, DataType.STRING)
              : value);
      fields.add(new Field(names.get(i), typed.get(i).type(), value.nullable()));
      for (String before : names.subList(0, i)) {
        if (before.equalsIgnoreCase(names.get(i))) {
          throw site.error("field " + before + " stands twice; give one another name with AS");
        }
      }
    }
    DataType type = new DataType.Struct(new Schema(fields));
    return new BoundExpression.Apply(NAMED_STRUCT, typed, type, false);
  }
}
