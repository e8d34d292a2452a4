"""Writes the seeds of fuzz_gzip: two bytes for the size of a piece, then a file."""
import gzip
import struct
import zlib

TEXT = b"The port closed its gates; the clerks went back to paper.\n"


def member(data, flags=0, extra=b"", level=9):
    body = zlib.compressobj(level, zlib.DEFLATED, -15)
    packed = body.compress(data) + body.flush()
    head = b"\x1f\x8b\x08" + bytes([flags]) + bytes(4) + b"\x02\xff" + extra
    if flags & 2:
        head += struct.pack("<H", zlib.crc32(head) & 0xFFFF)
    return head + packed + struct.pack("<II", zlib.crc32(data), len(data))


def seed(name, piece, content):
    with open(f"corpus/fuzz_gzip/{name}", "wb") as out:
        out.write(struct.pack("<H", piece - 1) + content)


whole = member(TEXT)
seed("plain", 5, TEXT)
seed("empty", 5, b"")
seed("half_a_mark", 1, b"\x1f")
seed("one", 3, whole)
seed("stored", 3, member(TEXT, level=0))
seed("repeats", 300, member(TEXT * 200))
seed("several", 60, whole + member(b"") + whole)
seed("all_header_fields", 1, member(TEXT, 0x1F, b"\x03\x00abcname\0comment\0"))
seed("cut_short", 7, whole[:-9])
seed("wrong_checksum", 7, whole[:-5] + b"\x00" + whole[-4:])
seed("zero_padding", 1, whole + bytes(40))
seed("trailing_text", 1, whole + b"and more")
seed("bad_second_member", 2, whole + b"\x1f\x8b\x09")
