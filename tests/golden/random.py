"""Expected numbers of xoshiro256** seeded by splitmix64, from the authors' description; writes
random.txt: a seed and the first eight outputs, a line each."""
MASK = 2**64 - 1


def splitmix64(seed):
    while True:
        seed = (seed + 0x9E3779B97F4A7C15) & MASK
        z = seed
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        yield z ^ (z >> 31)


def xoshiro256starstar(seed):
    mix = splitmix64(seed)
    a, b, c, d = (next(mix) for _ in range(4))
    while True:
        product = b * 5 & MASK
        yield ((product << 7 | product >> 57) & MASK) * 9 & MASK
        shifted = b << 17 & MASK
        c ^= a
        d ^= b
        b ^= c
        a ^= d
        c ^= shifted
        d = (d << 45 | d >> 19) & MASK


with open("random.txt", "w") as out:
    for seed in (0, 1, 2, 42, 0xDEADBEEF, 2**63, MASK):
        numbers = xoshiro256starstar(seed)
        print(seed, *(next(numbers) for _ in range(8)), file=out)
