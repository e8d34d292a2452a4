"""What both validators share: rules are told as "place: what is wrong"."""
import json
import re
import sys

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


class Rules:
    def __init__(self):
        self.broken = []

    def want(self, holds, place, what):
        if not holds:
            self.broken.append(f"{place}: {what}")
        return holds

    def text(self, owner, key, place, required=True, pattern=None):
        value = owner.get(key)
        if value is None:
            return self.want(not required, place, f'"{key}" is missing')
        good = isinstance(value, str) and (pattern is None or re.fullmatch(pattern, value))
        return self.want(good, place, f'"{key}" is {value!r}')

    def only(self, owner, keys, place):
        for key in owner:
            self.want(key in keys, place, f'"{key}" is not of this format')

    def end(self, what):
        for line in self.broken:
            print(line)
        print(f"{what}: {'accepted' if not self.broken else 'refused'}")
        sys.exit(1 if self.broken else 0)


def no_twins(pairs):
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        raise ValueError(f"a member is there twice: {names}")
    return dict(pairs)


def document():
    """Standard input as strict JSON: no NaN, no member twice."""
    def refuse(constant):
        raise ValueError(constant)
    return json.loads(sys.stdin.buffer.read().decode("utf-8"), object_pairs_hook=no_twins,
                      parse_constant=refuse)
