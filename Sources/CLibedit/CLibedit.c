/* For wcwidth. */
#define _GNU_SOURCE
#include "CLibedit.h"

#include <errno.h>
#include <histedit.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

enum { HISTORY_SIZE = 10000 };

struct relish_edit {
  EditLine *editor;
  History *history;
  FILE *output;
  char *prompt;
  relish_edit_completer completer;
  void *context;
  /* What the completer asked for while it ran. */
  unsigned char completion_result;
};

/* What the signal handlers leave behind; they do nothing else but call on_interrupt. */
static volatile sig_atomic_t interrupted;
static volatile sig_atomic_t resized;
static void (*interrupt_callback)(void);

static void handle_signal(int signal_number) {
  int saved = errno;
  if (signal_number == SIGWINCH) {
    resized = 1;
  } else {
    interrupted = 1;
    if (interrupt_callback != NULL) interrupt_callback();
  }
  errno = saved;
}

/* Without SA_RESTART, so that a read from the terminal comes back. Whoever started the program may
 * have blocked the signal, and the mask is inherited. */
static void install_handler(int signal_number) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handle_signal;
  sigemptyset(&action.sa_mask);
  sigaction(signal_number, &action, NULL);
  sigset_t wanted;
  sigemptyset(&wanted);
  sigaddset(&wanted, signal_number);
  sigprocmask(SIG_UNBLOCK, &wanted, NULL);
}

static relish_edit *edit_of(EditLine *editor) {
  void *edit = NULL;
  el_get(editor, EL_CLIENTDATA, &edit);
  return edit;
}

static char *prompt_of(EditLine *editor) { return edit_of(editor)->prompt; }

/* A place on the screen, counted from the first cell of the prompt. */
struct place {
  int row, column;
};

static void pass_over(struct place *place, wchar_t character, int columns) {
  int width = character == L'\n' ? 0 : wcwidth(character);
  if (width < 0) width = 2; /* libedit shows control characters as ^X */
  if (character == L'\n' || place->column + width > columns) {
    place->row += 1;
    place->column = 0;
  }
  place->column += width;
}

/* Where the prompt and the first `length` characters of the line end on the screen. */
static struct place place_after(relish_edit *edit, long length, int columns) {
  struct place place = {0, 0};
  mbstate_t state;
  memset(&state, 0, sizeof state);
  int is_hidden = 0;
  for (const char *text = edit->prompt; *text != '\0';) {
    wchar_t character;
    size_t count = mbrtowc(&character, text, MB_CUR_MAX, &state);
    if (count == 0 || count > MB_CUR_MAX) break;
    if (character == 1) {
      is_hidden = !is_hidden;
    } else if (!is_hidden) {
      pass_over(&place, character, columns);
    }
    text += count;
  }
  const wchar_t *line = el_wline(edit->editor)->buffer;
  for (long index = 0; index < length; index += 1) pass_over(&place, line[index], columns);
  return place;
}

/*
 * Draws prompt and line anew in the terminal's new width. libedit would draw them where the cursor
 * is; terminals break long lines anew, so that the prompt begins some rows above.
 */
static void redraw_resized(relish_edit *edit) {
  const LineInfoW *info = el_wline(edit->editor);
  int columns = relish_edit_columns(edit);
  struct place cursor = place_after(edit, info->cursor - info->buffer, columns);
  if (cursor.row > 0) fprintf(edit->output, "\033[%dA", cursor.row);
  fputs("\r\033[J", edit->output);
  el_resize(edit->editor);
  el_set(edit->editor, EL_REFRESH);
}

/* Goes behind the line's end, so that what comes next overwrites nothing of it. */
static void leave_line(relish_edit *edit) {
  const LineInfoW *info = el_wline(edit->editor);
  int columns = relish_edit_columns(edit);
  struct place cursor = place_after(edit, info->cursor - info->buffer, columns);
  struct place end = place_after(edit, info->lastchar - info->buffer, columns);
  if (end.row > cursor.row) fprintf(edit->output, "\033[%dB", end.row - cursor.row);
  fprintf(edit->output, "\r\033[%dC^C\n", end.column);
  fflush(edit->output);
}

/*
 * Reads one character, as libedit's own function does, except that Ctrl-C ends the line and that a
 * resized terminal is drawn anew: libedit would send SIGINT on to the whole process group.
 */
static int read_character(EditLine *editor, wchar_t *character) {
  relish_edit *edit = edit_of(editor);
  mbstate_t state;
  memset(&state, 0, sizeof state);
  for (;;) {
    char byte;
    if (interrupted) {
      leave_line(edit);
      return -1;
    }
    if (resized) {
      resized = 0;
      redraw_resized(edit);
    }
    ssize_t count = read(STDIN_FILENO, &byte, 1);
    if (count == 0) return 0;
    if (count < 0) {
      if (errno == EINTR) continue;
      return -1;
    }
    switch (mbrtowc(character, &byte, 1, &state)) {
    case (size_t)-2: /* more bytes of this character to come */
      continue;
    case (size_t)-1: /* not UTF-8: forget it */
      memset(&state, 0, sizeof state);
      continue;
    default: return 1;
    }
  }
}

static unsigned char complete(EditLine *editor, int key) {
  (void)key;
  relish_edit *edit = edit_of(editor);
  const LineInfo *info = el_line(editor);
  size_t length = (size_t)(info->lastchar - info->buffer);
  char *line = malloc(length + 1);
  if (line == NULL) return CC_ERROR;
  memcpy(line, info->buffer, length);
  line[length] = '\0';
  edit->completion_result = CC_REFRESH_BEEP;
  edit->completer(edit->context, line, (size_t)(info->cursor - info->buffer));
  free(line);
  return edit->completion_result;
}

void relish_edit_replace(relish_edit *edit, int characters, const char *text) {
  if (characters > 0) el_deletestr(edit->editor, characters);
  el_insertstr(edit->editor, text);
  if (edit->completion_result != CC_REDISPLAY) edit->completion_result = CC_REFRESH;
}

void relish_edit_show(relish_edit *edit, const char *text) {
  /* libedit starts on a fresh line after CC_REDISPLAY only if it is told that the cursor is at one. */
  fputs("\n", edit->output);
  fputs(text, edit->output);
  fflush(edit->output);
  edit->completion_result = CC_REDISPLAY;
}

int relish_edit_columns(relish_edit *edit) {
  struct winsize size;
  (void)edit;
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 80;
}

/* libedit edits what the locale can tell apart: UTF-8, whatever the environment says. */
static void use_utf8(void) {
  setlocale(LC_CTYPE, "");
  if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0) setlocale(LC_CTYPE, "C.UTF-8");
}

/* What .editrc says goes first, as switching to vi keys forgets all bindings. */
static void bind_keys(EditLine *editor) {
  el_set(editor, EL_EDITOR, "emacs");
  el_set(editor, EL_ADDFN, "relish-complete", "complete the word at the cursor", complete);
  el_source(editor, NULL);
  el_set(editor, EL_BIND, "^I", "relish-complete", NULL);
  el_set(editor, EL_BIND, "^R", "em-inc-search-prev", NULL);
  const char *keys = NULL;
  el_get(editor, EL_EDITOR, &keys);
  if (keys == NULL || strcmp(keys, "emacs") != 0) return; /* in vi, Escape is a key by itself */
  /* Ctrl with an arrow key, word by word, as xterm sends it. */
  el_set(editor, EL_BIND, "\033[1;5C", "em-next-word", NULL);
  el_set(editor, EL_BIND, "\033[1;5D", "ed-prev-word", NULL);
}

relish_edit *relish_edit_open(
    relish_edit_completer completer, void *context, void (*on_interrupt)(void)) {
  use_utf8();
  relish_edit *edit = calloc(1, sizeof *edit);
  if (edit == NULL) return NULL;
  edit->completer = completer;
  edit->context = context;
  /* A stream of its own: standard error has no buffer, and libedit writes byte by byte. */
  int output = dup(STDERR_FILENO);
  edit->output = output < 0 ? NULL : fdopen(output, "w");
  edit->history = history_init();
  if (edit->output != NULL && edit->history != NULL) {
    edit->editor = el_init("relish", stdin, edit->output, edit->output);
  }
  if (edit->editor == NULL) {
    relish_edit_close(edit);
    return NULL;
  }
  HistEvent event;
  history(edit->history, &event, H_SETSIZE, HISTORY_SIZE);
  history(edit->history, &event, H_SETUNIQUE, 1);
  el_set(edit->editor, EL_CLIENTDATA, edit);
  el_set(edit->editor, EL_PROMPT_ESC, prompt_of, '\1');
  el_set(edit->editor, EL_HIST, history, edit->history);
  el_set(edit->editor, EL_SIGNAL, 0);
  el_set(edit->editor, EL_GETCFN, read_character);
  bind_keys(edit->editor);
  interrupt_callback = on_interrupt;
  install_handler(SIGINT);
  install_handler(SIGWINCH);
  return edit;
}

void relish_edit_close(relish_edit *edit) {
  if (edit->editor != NULL) el_end(edit->editor);
  if (edit->history != NULL) history_end(edit->history);
  if (edit->output != NULL) fclose(edit->output);
  free(edit->prompt);
  free(edit);
}

enum relish_edit_outcome relish_edit_read(
    relish_edit *edit, const char *prompt, const char **line, size_t *length) {
  free(edit->prompt);
  edit->prompt = strdup(prompt);
  if (edit->prompt == NULL) return RELISH_EDIT_END;
  interrupted = 0;
  int count = 0;
  const char *text = el_gets(edit->editor, &count);
  if (interrupted) {
    interrupted = 0;
    el_reset(edit->editor);
    return RELISH_EDIT_INTERRUPTED;
  }
  if (text == NULL || count <= 0) return RELISH_EDIT_END;
  size_t end = strlen(text);
  if (end > 0 && text[end - 1] == '\n') end -= 1;
  *line = text;
  *length = end;
  return RELISH_EDIT_LINE;
}

void relish_edit_remember(relish_edit *edit, const char *entry) {
  HistEvent event;
  history(edit->history, &event, H_ENTER, entry);
}
