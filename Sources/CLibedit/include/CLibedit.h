#ifndef RELISH_CLIBEDIT_H
#define RELISH_CLIBEDIT_H

/* libedit's el_set, el_get and history are variadic, which Swift cannot call: one typed wrapper per use. */
#include <histedit.h>

#endif
