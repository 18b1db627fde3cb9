// Runs a program and says which functions it calls, each once, in the order of their first calls.
//
//   calls FUNCTIONS PROGRAM [ARGUMENT…]
//
// FUNCTIONS has an address in hexadecimal and a name a line, as of readelf. A breakpoint stands at each
// of them until it is met. The names go to standard output, what the program writes there to nowhere.
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

struct function {
  unsigned long address;
  char *name;
  unsigned char code;
  int met;
};
static struct function *functions;
static size_t count;

static int compare(const void *left, const void *right) {
  unsigned long a = ((const struct function *)left)->address;
  unsigned long b = ((const struct function *)right)->address;
  return a < b ? -1 : a > b;
}

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static void read_functions(const char *path) {
  FILE *file = fopen(path, "r");
  if (!file) fail(path);
  static char line[65536];
  while (fgets(line, sizeof line, file)) {
    unsigned long address;
    int start = 0;
    if (sscanf(line, "%lx %n", &address, &start) < 1 || start == 0) continue;
    line[strcspn(line, "\n")] = 0;
    functions = realloc(functions, (count + 1) * sizeof *functions);
    if (!functions) fail("realloc");
    functions[count++] = (struct function){.address = address, .name = strdup(line + start)};
  }
  fclose(file);
  qsort(functions, count, sizeof *functions, compare);
}

// The first function at an address; several may share it.
static struct function *function_at(unsigned long address) {
  size_t low = 0, high = count;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (functions[middle].address < address) low = middle + 1;
    else high = middle;
  }
  return low < count && functions[low].address == address ? &functions[low] : NULL;
}

static void set_breakpoints(int memory) {
  const unsigned char breakpoint = 0xcc;
  for (size_t i = 0; i < count; i++) {
    struct function *function = &functions[i];
    if (i > 0 && function[-1].address == function->address) continue;
    if (pread(memory, &function->code, 1, function->address) != 1) fail("pread");
    if (pwrite(memory, &breakpoint, 1, function->address) != 1) fail("pwrite");
  }
}

// Takes the breakpoint at `function` away and says its names.
static void meet(struct function *function, int memory) {
  if (function->met) return;
  function->met = 1;
  if (pwrite(memory, &function->code, 1, function->address) != 1) fail("pwrite");
  unsigned long address = function->address;
  for (; function < functions + count && function->address == address; function++) puts(function->name);
}

int main(int arguments, char **argument) {
  if (arguments < 3) return 2;
  read_functions(argument[1]);
  pid_t child = fork();
  if (child == 0) {
    ptrace(PTRACE_TRACEME, 0, 0, 0);
    int nowhere = open("/dev/null", O_WRONLY);
    dup2(nowhere, STDOUT_FILENO);
    execv(argument[2], argument + 2);
    _exit(127);
  }
  int status;
  waitpid(child, &status, 0);
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/mem", child);
  int memory = open(path, O_RDWR);
  if (memory < 0) fail(path);
  set_breakpoints(memory);
  ptrace(PTRACE_SETOPTIONS, child, 0, PTRACE_O_TRACECLONE | PTRACE_O_EXITKILL);
  ptrace(PTRACE_CONT, child, 0, 0);
  for (pid_t thread; (thread = waitpid(-1, &status, __WALL)) > 0;) {
    if (WIFEXITED(status) || WIFSIGNALED(status)) {
      if (thread == child) return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
      continue;
    }
    // A new thread and its first stop; any other signal is the program's own.
    int signal = status >> 16 || WSTOPSIG(status) == SIGSTOP ? 0 : WSTOPSIG(status);
    if (signal == SIGTRAP) {
      struct user_regs_struct registers;
      ptrace(PTRACE_GETREGS, thread, 0, &registers);
      struct function *function = function_at(registers.rip - 1);
      if (function) {
        meet(function, memory);
        registers.rip -= 1;
        ptrace(PTRACE_SETREGS, thread, 0, &registers);
        signal = 0;
      }
    }
    ptrace(PTRACE_CONT, thread, 0, signal);
  }
  return 0;
}
