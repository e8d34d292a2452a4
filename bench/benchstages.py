"""Which stage of tagging a function of ttag-classify is of, and where the time goes."""
import contextlib
import pathlib
import re
import subprocess
from collections import Counter, defaultdict

# Stage -> the files it consists of, without their endings; in the order of the work.
STAGES = {
    "read": "input gzip lines reader record_file record_format walk shard names mapping",
    "scan JSON": "json_walk json_string json_value json_number byte_scan jsonl",
    "decode": "decoder utf8 utf8_check scalar text_file text_lines passages sentence_end",
    "words": "tokens words word_blocks word_runs bit_positions char_words char_grams unicode "
             "security indicators hosts urls paths registry file_names",
    "look-up": "vocabulary first_slots vocabulary_part known_terms hashed_terms term_batch "
               "term_hash lookahead terms hash intern",
    "weigh": "counts tfidf vectorizer vector",
    "sum": "score sum_rows sparse_rows byte_rows tag_screen shared_columns tag_columns likely_tags packed_rows half score_rbf",
    "decide": "cuts decisions implications evidence explanation",
    "write": "classified classified_jsonl classified_text classified_tsv proper_json sink "
             "shown_text json_write number_text output buffer",
    "conduct": "classification workspace warm_model stream stream_batch stream_crew",
}
LIBRARIES = "libc, libm"
OTHER = "other"
KERNEL = "kernel: reading, writing"


def stage_of_functions(build):
    """Function -> stage, from the build's object files; a helper that several stages have is of
    none, one that a file of no stage has as well is of the stage. Empty where there is no build."""
    stage_of_file = {file: stage for stage, files in STAGES.items() for file in files.split()}
    stages = defaultdict(set)
    for folder in ("base", "articles", "features", "classify", "cli"):
        objects = sorted((build / folder).glob(f"CMakeFiles/ttag_{folder}.dir/**/*.c.o"))
        if not objects:
            return {}
        text = subprocess.check_output(["nm", "-A", "--defined-only", *objects], text=True)
        for line in text.splitlines():
            path, _, symbol = line.partition(":")
            _, kind, name = symbol.split()
            if kind in "tTiW":
                stages[name].add(stage_of_file.get(pathlib.Path(path).name[:-len(".c.o")], OTHER))
    return {name: the_stage(found) for name, found in stages.items()}


def the_stage(found):
    named = found - {OTHER}
    return named.pop() if len(named) == 1 else OTHER


def time_by_stage(argv, profile, stage_of):
    """{stage: share of the time} of a program, sampled by perf; None where it cannot be."""
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        subprocess.run(["perf", "record", "-q", "-e", "cpu-clock", "-F", "2000", "-o", profile,
                        "--", *argv], check=True, timeout=60, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        text = subprocess.check_output(["perf", "report", "-i", profile, "--stdio", "-q",
                                        "--no-children", "-F", "overhead,dso,sym", "-t", "|"],
                                       text=True, stderr=subprocess.DEVNULL)
        shares = Counter()
        for share, where, symbol in re.findall(r"([\d.]+)% *\|([^|]*)\|\[.\] *(\S+)", text):
            where = where.strip()
            stage = KERNEL if "kernel" in where else LIBRARIES
            if where == "ttag-classify":
                stage = stage_of.get(symbol, OTHER)
            shares[stage] += float(share) / 100
        return shares or None
    return None
