/* How the programs end; the manual pages are made from the same list. */
#ifndef CLI_EXIT_H
#define CLI_EXIT_H

#define EXIT_CODES(X)                                                                              \
    X(EXIT_DONE, 0, "done; also when the reader of the output closed its end early")               \
    X(EXIT_REFUSED, 1, "done, but some records were refused; each was named on stderr")            \
    X(EXIT_USAGE, 2, "wrong usage")                                                                \
    X(EXIT_NOTHING, 3, "nothing usable could be read")                                             \
    X(EXIT_RESOURCES, 4, "a file could not be read or written, or memory ran out")                 \
    X(EXIT_MODEL, 5, "a model or a part file is refused: not one, damaged, or of another version") \
    X(EXIT_GATE, 6, "a figure misses its gate: --fail-under, --fail-if-worse, --max-loss")         \
    X(EXIT_INTERRUPTED, 130, "stopped by SIGINT")                                                  \
    X(EXIT_TERMINATED, 143, "stopped by SIGTERM")

enum exit_code {
#define EXIT_CONSTANT(name, code, text) name = (code),
    EXIT_CODES(EXIT_CONSTANT)
#undef EXIT_CONSTANT
};

#endif
