#ifndef RELISH_CSQLITE_H
#define RELISH_CSQLITE_H

/* Debian's library has both compiled in; the header declares them only when asked. */
#define SQLITE_ENABLE_SESSION 1
#define SQLITE_ENABLE_PREUPDATE_HOOK 1
#include <sqlite3.h>

/* SQLITE_TRANSIENT is a cast that Swift cannot import. */
static inline sqlite3_destructor_type relish_sqlite_transient(void) { return SQLITE_TRANSIENT; }

/* sqlite3_db_config is variadic: one typed wrapper per use. Returns an SQLite result code. */
static inline int relish_sqlite_set_flag(sqlite3 *db, int option, int on) {
  return sqlite3_db_config(db, option, on, (int *)0);
}

/* The flag as it is now: 1 or 0; -1 when the library does not know the option. */
static inline int relish_sqlite_flag(sqlite3 *db, int option) {
  int value = -1;
  return sqlite3_db_config(db, option, -1, &value) == SQLITE_OK ? value : -1;
}

/* Sums that do not gather rounding errors (Neumaier, ZAMM 54, 1974): SQLite's own `sum` of reals does
 * so before 3.43. In C, as it runs once per row. */
typedef struct {
  double sum, rest;
  sqlite3_int64 count;
} relish_sum_state;

static inline void relish_sum_step(sqlite3_context *context, int count, sqlite3_value **values) {
  (void)count;
  if (sqlite3_value_type(values[0]) == SQLITE_NULL) return;
  relish_sum_state *state =
      (relish_sum_state *)sqlite3_aggregate_context(context, sizeof(relish_sum_state));
  if (!state) return;
  double value = sqlite3_value_double(values[0]);
  double sum = state->sum + value;
  double larger = state->sum < 0 ? -state->sum : state->sum;
  double other = value < 0 ? -value : value;
  state->rest += larger >= other ? (state->sum - sum) + value : (value - sum) + state->sum;
  state->sum = sum;
  state->count++;
}

static inline relish_sum_state *relish_sum_found(sqlite3_context *context) {
  relish_sum_state *state = (relish_sum_state *)sqlite3_aggregate_context(context, 0);
  return state && state->count > 0 ? state : 0;
}

/* Null for no values, as `sum` and `avg`. An infinite sum has no rest. */
static inline void relish_sum_final(sqlite3_context *context) {
  relish_sum_state *state = relish_sum_found(context);
  if (!state) return;
  double whole = state->sum + state->rest;
  sqlite3_result_double(context, whole - whole == 0 ? whole : state->sum);
}

static inline void relish_avg_final(sqlite3_context *context) {
  relish_sum_state *state = relish_sum_found(context);
  if (!state) return;
  double whole = state->sum + state->rest;
  sqlite3_result_double(
      context, (whole - whole == 0 ? whole : state->sum) / (double)state->count);
}

/* `relish_sum` and `relish_avg` on this connection. Returns an SQLite result code. */
static inline int relish_sqlite_register_sums(sqlite3 *db) {
  int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
  int code = sqlite3_create_function_v2(
      db, "relish_sum", 1, flags, 0, 0, relish_sum_step, relish_sum_final, 0);
  if (code != SQLITE_OK) return code;
  return sqlite3_create_function_v2(
      db, "relish_avg", 1, flags, 0, 0, relish_sum_step, relish_avg_final, 0);
}

#endif
