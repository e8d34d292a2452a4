"""What the benchmarks share: running a program, ours and the peers, on a labelled set; what the
machine is and lacks; tables.

Figures come as a dict: micro, macro, map, ece; seconds of training; peak memory in MB. What a
program does not tell is absent or None.
"""
import argparse
import contextlib
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PYTHON = "/usr/bin/python3"  # for which Debian's packages are
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def arguments(doc):
    """The parser of a benchmark's command line, with the options that all have."""
    p = argparse.ArgumentParser(description=doc,
                                formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--shared", default=ROOT.parent / "shared", type=pathlib.Path, metavar="DIR",
                   help="where data/ and peers/ are; default: shared beside the project")
    p.add_argument("--ttag", default=ROOT / "build/release/bin/ttag", type=pathlib.Path,
                   metavar="FILE")
    p.add_argument("--threads", default="2", metavar="N", help="for ours, and jobs of the peers")
    return p


def run(argv, **options):
    """Runs a program to its end; returns (seconds, peak MB, standard output)."""
    start = time.monotonic()
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen([str(a) for a in argv], stdout=out, stderr=subprocess.PIPE,
                                 **options)
        complaint = child.stderr.read().decode(errors="replace")
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.monotonic() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            raise SystemExit(f"{' '.join(map(str, argv))}\nexit code {child.returncode}\n"
                             f"{complaint}")
        out.seek(0)
        return seconds, usage.ru_maxrss / 1024, out.read().decode()


def run_peer(argv):
    """As run; BLAS keeps to one thread, for the peers divide their work themselves."""
    return run(argv, env={**os.environ, **ONE_THREAD})


def ours(ttag, train, test, threads, options):
    """`ttag train` as a whole process, from the feed to the saved model; then `ttag evaluate`."""
    with tempfile.TemporaryDirectory(prefix="ttag-bench-") as scratch:
        model = os.path.join(scratch, "m.ttag")
        seconds, peak, _ = run([ttag, "train", train, "-o", model, "--threads", threads, *options])
        _, _, text = run([ttag, "evaluate", "-m", model, test, "--format", "json",
                          "--threads", threads])
        card = json.loads(run([ttag, "inspect", "-m", model, "--card"])[2])
    found = json.loads(text)
    gaps = [t.get("relative_gap") for t in card["tags"]]
    return {"micro": found["micro"]["f1"], "macro": found["macro"]["f1"], "map": found["map"],
            "ece": found["ece"], "seconds": seconds, "peak": peak, "tags": found["tags"],
            "solver": card["solver"]["name"], "gap": max((g for g in gaps if g), default=0.0)}


def sklearn(peers, train, test, threads, options):
    """Seconds are load, vectorise, fit and thresholds, inside the process, after its imports."""
    _, _, text = run_peer([peers / "sklearn_peer.py", train, test, "--jobs", threads, *options])
    found = json.loads(text)
    return {"micro": found["quality"]["micro_f1"], "macro": found["quality"]["macro_f1"],
            "map": found["quality"].get("map"), "seconds": found["seconds_train"],
            "peak_main": found["peak_rss_mb"], "peak_worker": found["peak_rss_mb_largest_worker"]}


def fasttext(peers, train, test, threads, options):
    """Seconds are those of the process `fasttext supervised`."""
    _, _, text = run_peer([peers / "fasttext_peer.py", train, test, "--thread", threads, *options])
    found = json.loads(text)
    quality = found["quality_at_threshold"]
    return {"micro": quality["micro_f1"], "macro": quality["macro_f1"],
            "seconds": found["seconds"]["train"], "peak_train": found["train_peak_rss_mb"]}


def cell(figures, key, form):
    return format(figures[key], form) if figures.get(key) is not None else "-"


# ---------------------------------------------------------------- the machine

def say(line):
    print(line, flush=True)


def version(package):
    with contextlib.suppress(OSError, subprocess.CalledProcessError):
        return package + " " + subprocess.check_output(
            ["dpkg-query", "-W", "-f", "${Version}", package], text=True, stderr=subprocess.DEVNULL)
    return package + " unknown"


def processor():
    with contextlib.suppress(OSError), open("/proc/cpuinfo") as lines:
        for line in lines:
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return "unknown processor"


def load():
    return "load " + " ".join(f"{x:.2f}" for x in os.getloadavg()) + " (1, 5, 15 minutes)"


def describe_machine(a, packages):
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    say(f"- {time.strftime('%Y-%m-%d %H:%M')}; {processor()}, "
        f"{len(os.sched_getaffinity(0))} cores, {memory:.0f} GB")
    say(f"- {run([a.ttag, '--version'])[2].splitlines()[0]}; " + ", ".join(map(version, packages)))


def describe_run(a):
    say(f"- threads, or jobs: {a.threads}; rounds: {a.repeat}"
        + (f"; {a.limit} training records only: a trial, not a measurement" if a.limit else ""))
    say(f"- before: {load()}")


def lacking(a, program):
    """Why the program cannot run, or None."""
    if program.endswith("_peer.py"):
        if not (a.shared / "peers" / program).is_file():
            return f"no {a.shared / 'peers' / program}"
        if program == "fasttext_peer.py":
            return lacking(a, "fasttext")
        if subprocess.run([PYTHON, "-c", "import sklearn"], stderr=subprocess.DEVNULL).returncode:
            return "python3-sklearn is not installed"
        return None
    return None if shutil.which(program) else f"no program {program}"


# --------------------------------------------------------------- taking turns

class Runner:
    """A contender: a name, and a function that runs it and returns its figures."""

    def __init__(self, name, function, once=False):
        self.name, self.function, self.once = name, function, once


def take_turns(work, runners, repeat):
    """Runs all in turn, `repeat` times; returns the figures of the rounds by name."""
    found = {r.name: [] for r in runners}
    for turn in range(repeat):
        for r in runners if turn % 2 == 0 else runners[::-1]:
            if turn == 0 or not r.once:
                print(f"{work}, round {turn + 1} of {repeat}: {r.name}", file=sys.stderr)
                found[r.name].append(r.function())
    return found


# ------------------------------------------------------------------ the table

def median(rounds, key):
    values = [f[key] for f in rounds if f.get(key) is not None]
    return statistics.median(values) if values else None


def spread(rounds, key, form=".2f"):
    values = [f[key] for f in rounds if f.get(key) is not None]
    if not values:
        return "-"
    text = format(statistics.median(values), form)
    return f"{text} ({min(values):{form}}-{max(values):{form}})" if len(values) > 1 else text


def say_row(*cells):
    say("| " + " | ".join(map(str, cells)) + " |")


def head(*names):
    say("")
    say_row(*names)
    say("|" + "---|" * len(names))
