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

#endif
