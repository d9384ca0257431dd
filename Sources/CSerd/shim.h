/* Shows libserd (Turtle reader, ISC licence) to Swift; holds no logic. */
#ifndef SABIL_CSERD_SHIM_H
#define SABIL_CSERD_SHIM_H

#include <serd/serd.h>

#endif
