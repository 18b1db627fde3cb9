#ifndef RELISH_CLIBEDIT_H
#define RELISH_CLIBEDIT_H

/*
 * A line editor as relish needs it, over libedit. libedit's el_set, el_get and history are variadic
 * and take stdio streams, neither of which Swift can use: all of that stays in CLibedit.c.
 */
#include <stddef.h>

typedef struct relish_edit relish_edit;

/* Called on Tab with the line as UTF-8 and the cursor's byte offset in it. */
typedef void (*relish_edit_completer)(void *context, const char *line, size_t cursor);

enum relish_edit_outcome {
  RELISH_EDIT_LINE = 0,
  /* Ctrl-C */
  RELISH_EDIT_INTERRUPTED = 1,
  /* Ctrl-D on an empty line, or the terminal has gone */
  RELISH_EDIT_END = 2,
};

/*
 * Opens the editor on the terminal: standard input, and standard error for what it draws. Reads the
 * user's .editrc. NULL when there is no memory. There can be one at a time.
 *
 * on_interrupt is called by the handler of SIGINT, whether a line is read or not.
 */
relish_edit *relish_edit_open(
    relish_edit_completer completer, void *context, void (*on_interrupt)(void));
void relish_edit_close(relish_edit *edit);

/*
 * Reads one line with editing. After RELISH_EDIT_LINE, *line is the text without its newline, valid
 * until the next call. Parts of the prompt between two bytes 1 have no width (colour).
 */
enum relish_edit_outcome relish_edit_read(
    relish_edit *edit, const char *prompt, const char **line, size_t *length);

/* Adds an entry to the history that the arrow keys and Ctrl-R go through. */
void relish_edit_remember(relish_edit *edit, const char *entry);

/* For the completer: takes `characters` characters before the cursor away and puts text there. */
void relish_edit_replace(relish_edit *edit, int characters, const char *text);
/* For the completer: prints text below the line, which is drawn again after it. */
void relish_edit_show(relish_edit *edit, const char *text);
/* The terminal's width in cells; 80 where it does not tell. */
int relish_edit_columns(relish_edit *edit);

#endif
