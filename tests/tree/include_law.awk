# Reads sources, prints each include that breaks the law, ends with 1 if there was one.

BEGIN {
    # articles -> features -> train -> (model) -> classify -> evaluate -> audit
    split("articles import features bootstrap train classify evaluate audit", names)
    for (i in names) order[names[i]] = i + 0
    # the stage whose contract a public header is
    split("base:base taxonomy:articles articles:articles boilerplate:articles passages:articles " \
          "unknown:articles import:import rules:bootstrap " \
          "features:features train:train calibrate:train " \
          "model:classify classify:classify database:classify evaluate:evaluate compare:evaluate crossval:evaluate " \
          "curve:evaluate shrink:evaluate audit:audit pick:audit " \
          "ttag:cli", pairs)
    for (i in pairs) {
        split(pairs[i], pair, ":")
        stage_of["ttag/" pair[1] ".h"] = pair[2]
    }
    # C11 and POSIX; anything else in angle brackets is a third party's
    split("assert ctype dirent errno fcntl fenv float fnmatch ftw getopt glob iconv inttypes langinfo " \
          "libgen limits locale malloc math omp poll pthread pwd regex sched semaphore setjmp " \
          "signal spawn stdalign stdarg stdatomic stdbool stddef stdint stdio stdlib stdnoreturn " \
          "string strings termios threads time uchar unistd wchar wctype " \
          "immintrin arm_neon", known)
    for (i in known) is_system[known[i] ".h"] = 1
}

function broken(why) {
    printf "%s:%d: %s: %s\n", FILENAME, FNR, header, why
    failures++
}

function third_party() {
    if (FILENAME ~ /^tests\//) {
        if (header ~ /cmocka/ && FILENAME != "tests/unit/unit.h")
            broken("only tests/unit/unit.h includes it")
    } else if (header in includer && includer[header] != FILENAME) {
        broken("a third-party header is included by one file; " includer[header] " has it")
    } else {
        includer[header] = FILENAME
    }
}

# Whether `from`, a stage, may use `to`, a stage or base.
function may_use(from, to) {
    if (to == "base" || to == from) return 1
    if (from == "classify" && to == "train") return 0
    return from in order && to in order && order[to] < order[from]
}

function ours(folder) {
    if (folder == "tests" || (folder == "cli" && !index(header, "/")))
        return # a bare name is the folder's own
    if (!index(header, "/") || header ~ /\.\./)
        broken("name it from the top of the tree, as in \"base/view.h\"")
    else if (folder == "cli" || folder == "examples") {
        if (header !~ /^ttag\// && !(folder == "cli" && header ~ /^cli\//))
            broken(folder "/ uses public headers only")
    } else if (folder == "include") {
        user = stage_of[substr(FILENAME, length("include/") + 1)]
        if (header !~ /^ttag\//)
            broken("a public header may include public headers only")
        else if (user != "cli" && header != "ttag/model.h" && !may_use(user, stage_of[header]))
            broken("a stage may use the stages before it, and base/")
    } else if (folder == "train" && header == "ttag/model.h") {
        return # the types that a model is made of
    } else {
        used = header ~ /^ttag\// ? stage_of[header] : substr(header, 1, index(header, "/") - 1)
        if (!may_use(folder, used))
            broken(folder "/ may use the stages before it, and base/" \
                   (folder == "classify" ? "; never train/" : ""))
    }
}

FNR == 1 { folder = substr(FILENAME, 1, index(FILENAME, "/") - 1) }

/^[ \t]*#[ \t]*include[ \t]*</ {
    header = $0
    sub(/^[^<]*</, "", header)
    sub(/>.*/, "", header)
    if (header ~ /^ttag\//) ours(folder)
    else if (!(header in is_system) && header !~ /^sys\//) third_party()
}

/^[ \t]*#[ \t]*include[ \t]*"/ {
    header = $0
    sub(/^[^"]*"/, "", header)
    sub(/".*/, "", header)
    ours(folder)
}

# ttag/model.h lends train/ its types only: calls would make it need classify/
folder == "train" && /ttag_model_(save|open|verify|get|size|close)[ \t]*\(/ {
    header = "ttag/model.h"
    broken("train/ uses its types only")
}

END { exit failures > 0 }
